import { CODES } from '../../shared/dna/bases.ts'

/** Length of a seed: two bits a base, so that a seed is two 30-bit halves. */
export const SEED_LENGTH = 30
const HALF_BITS = 30
const HALF_MASK = 2 ** HALF_BITS - 1
const TOP_BASE = HALF_BITS - 2
const NOT_ONE_BASE = 255

const twoBits = new Uint8Array(CODES).fill(NOT_ONE_BASE)
for (const [bits, code] of [1, 2, 4, 8].entries()) twoBits[code] = bits

/**
 * Every 30-mer of unambiguous bases, from left to right, as the two halves of whichever of its strands sorts first, and
 * whether that is the other strand. Both strands are kept rolling, so a base costs a few shifts.
 */
export function kmersOf(codes: Uint8Array, found: (at: number, high: number, low: number, reversed: boolean) => void): void {
  let high = 0
  let low = 0
  let otherHigh = 0
  let otherLow = 0
  let bases = 0
  for (let i = 0; i < codes.length; i++) {
    const bits = twoBits[codes[i]!]!
    if (bits === NOT_ONE_BASE) {
      bases = 0
      continue
    }
    high = ((high << 2) | (low >>> TOP_BASE)) & HALF_MASK
    low = ((low << 2) | bits) & HALF_MASK
    otherLow = (otherLow >>> 2) | ((otherHigh & 3) << TOP_BASE)
    otherHigh = (otherHigh >>> 2) | ((3 - bits) << TOP_BASE)
    if (++bases < SEED_LENGTH) continue
    const reversed = otherHigh < high || (otherHigh === high && otherLow < low)
    if (reversed) found(i + 1 - SEED_LENGTH, otherHigh, otherLow, true)
    else found(i + 1 - SEED_LENGTH, high, low, false)
  }
}

/** A seed and where it stands in its sequence. */
export interface Seed {
  readonly at: number
  readonly high: number
  readonly low: number
  readonly reversed: boolean
}

/** The first 30-mer of unambiguous bases that starts at `at` or further on in the direction of `step`, or null. */
export function seedFrom(codes: Uint8Array, at: number, step: 1 | -1): Seed | null {
  for (let from = at; from >= 0 && from + SEED_LENGTH <= codes.length; from += step) {
    const found: Seed[] = []
    kmersOf(codes.subarray(from, from + SEED_LENGTH), (_, high, low, reversed) => found.push({ at: from, high, low, reversed }))
    if (found[0]) return found[0]
  }
  return null
}

/** Where seeds stand: a hash table on typed arrays, open addressing over the keys, a chain for the places of one key. */
export class SeedIndex {
  readonly #mask: number
  readonly #slots: Int32Array
  readonly #high: Int32Array
  readonly #low: Int32Array
  readonly #next: Int32Array
  readonly #sequence: Int32Array
  readonly #at: Int32Array
  readonly #reversed: Uint8Array
  #count = 0

  constructor(capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, capacity * 2)))
    this.#mask = slots - 1
    this.#slots = new Int32Array(slots).fill(-1)
    this.#high = new Int32Array(capacity)
    this.#low = new Int32Array(capacity)
    this.#next = new Int32Array(capacity)
    this.#sequence = new Int32Array(capacity)
    this.#at = new Int32Array(capacity)
    this.#reversed = new Uint8Array(capacity)
  }

  add(sequence: number, { at, high, low, reversed }: Seed): void {
    const seed = this.#count++
    this.#high[seed] = high
    this.#low[seed] = low
    this.#sequence[seed] = sequence
    this.#at[seed] = at
    this.#reversed[seed] = reversed ? 1 : 0
    const slot = this.#slotOf(high, low)
    this.#next[seed] = this.#slots[slot]!
    this.#slots[slot] = seed
  }

  /** The first place of a seed, or −1. */
  first(high: number, low: number): number {
    return this.#slots[this.#slotOf(high, low)]!
  }

  /** The first place of the seed that stands at this place. */
  firstLike(seed: number): number {
    return this.first(this.#high[seed]!, this.#low[seed]!)
  }

  /** The next place of the same seed, or −1. */
  next(seed: number): number {
    return this.#next[seed]!
  }

  get count(): number {
    return this.#count
  }

  sequence(seed: number): number {
    return this.#sequence[seed]!
  }

  at(seed: number): number {
    return this.#at[seed]!
  }

  reversed(seed: number): boolean {
    return this.#reversed[seed] === 1
  }

  #slotOf(high: number, low: number): number {
    let hash = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b)
    hash ^= hash >>> 15
    let slot = hash & this.#mask
    for (;;) {
      const seed = this.#slots[slot]!
      if (seed < 0 || (this.#high[seed] === high && this.#low[seed] === low)) return slot
      slot = (slot + 1) & this.#mask
    }
  }
}
