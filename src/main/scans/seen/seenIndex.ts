import type { Part } from '../../../shared/domain/split.ts'
import { parts } from '../../../shared/domain/split.ts'
import { reverseComplement } from '../../../shared/dna/bases.ts'
import { hasFourInByte, mostPackedBytes, packBases } from '../../../shared/dna/packBases.ts'
import { agree } from '../../datasets/agree.ts'
import { kmersOf, SEED_LENGTH, SeedIndex } from '../../datasets/seedIndex.ts'

/** An element that is in a model's data, and how a sequence is related to it. */
export interface Sighting {
  /** Its position in the dataset. */
  readonly element: number
  readonly part: Part
  readonly relation: 'exact' | 'reverse complement' | 'overlap'
}

/**
 * Every so many bases a seed of an element is kept, and of a sequence looked up: wherever they share this many bases more than a seed, one
 * of the kept is met.
 */
const STEP = 20
/** Seeds of one 30-mer that are compared: what so many elements share is the construct's. */
const MOST_ALIKE = 200
const BITS_A_SEED = 16
const TOP = 2 * (SEED_LENGTH - 16) - 2
const HIGH_MASK = 2 ** (TOP + 2) - 1
const NOT_ONE_BASE = 255
const twoBits = new Uint8Array(16).fill(NOT_ONE_BASE)
for (const [bits, code] of [1, 2, 4, 8].entries()) twoBits[code] = bits
let scratch = new Uint8Array(1024)
const relations = ['exact', 'reverse complement', 'overlap'] as const

/**
 * The elements of a model's data, to find those that a sequence equals, or overlaps by 30 bases or more with at most one base in twenty
 * different, on either strand.
 *
 * All 30-mers of all elements would take gigabytes as a table. So they are kept, on both strands, as bits (a Bloom filter), in which the ends
 * and every 20th 30-mer of a sequence are looked up: an overlap's end is an end of the sequence or of an element, and in the
 * second case the overlap is the whole element, in which a 20th comes to lie. Only a sequence that has a hit is compared, by
 * every 20th and the last 30-mer of each element. So an element's overlap of fewer than 50 bases within it is found where its seeds fall
 * into it.
 */
export class SeenIndex {
  readonly #elements: readonly Uint8Array[]
  readonly #parts: Uint8Array
  readonly #bits: Uint32Array
  readonly #mask: number
  readonly #seeds: SeedIndex

  /**
   * @param elements base codes, adapters off
   * @param assignment index in `parts` of each element
   */
  constructor(elements: readonly Uint8Array[], assignment: Uint8Array) {
    this.#elements = elements
    this.#parts = assignment
    let kmers = 1
    let seeds = 1
    for (const { length } of elements) {
      const count = Math.max(0, length - SEED_LENGTH + 1)
      kmers += 2 * count
      seeds += Math.ceil(count / STEP) + 1
    }
    const words = 2 ** Math.max(6, Math.ceil(Math.log2((kmers * BITS_A_SEED) / 32)))
    this.#bits = new Uint32Array(words)
    this.#mask = words * 32 - 1
    this.#seeds = new SeedIndex(seeds)
    elements.forEach((codes, element) => {
      const last = codes.length - SEED_LENGTH
      this.#setBits(codes)
      kmersOf(codes, (at, high, low, reversed) => {
        if (at % STEP === 0 || at === last) this.#seeds.add(element, { at, high, low, reversed })
      })
    })
  }

  /**
   * The element that says most of how far a score can be trusted: one that was trained on before any other, since a split may leak, and of
   * those an equal one before one that overlaps; null where there is none.
   */
  nearest(codes: Uint8Array): Sighting | null {
    if (!this.#mayHold(codes)) return null
    let best: Sighting | null = null
    for (const sighting of this.all(codes)) if (best === null || rank(sighting) < rank(best)) best = sighting
    return best
  }

  /** Every element that a sequence is related to. */
  all(codes: Uint8Array): Sighting[] {
    const found = new Map<number, Sighting>()
    const seeds = this.#seeds
    kmersOf(codes, (at, high, low, reversed) => {
      let alike = 0
      for (let seed = seeds.first(high, low); seed >= 0 && alike < MOST_ALIKE; seed = seeds.next(seed), alike++) {
        const element = seeds.sequence(seed)
        if (found.has(element)) continue
        const other = this.#elements[element]!
        if (!agree(codes, at, other, seeds.at(seed), seeds.reversed(seed) !== reversed)) continue
        found.set(element, { element, part: parts[this.#parts[element]!]!, relation: relationOf(codes, other) })
      }
    })
    return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.element - b.element)
  }

  /** Of the 30-mers at every 20th place and at the end of a sequence, whether one may be an element's. */
  #mayHold(codes: Uint8Array): boolean {
    const last = codes.length - SEED_LENGTH
    if (last < 0) return false
    if (scratch.length < mostPackedBytes(codes.length) + SEED_LENGTH)
      scratch = new Uint8Array(2 * mostPackedBytes(codes.length) + SEED_LENGTH)
    packBases(codes, scratch, 0)
    // With other letters in it, no 30-mer can be read off: they are few, so each is looked into.
    if (!hasFourInByte(scratch, 0)) return true
    for (let at = 0; at < last; at += STEP) if (this.#mayHoldAt(at)) return true
    return this.#mayHoldAt(last)
  }

  /** Whether the 30-mer at a place of what is packed in `scratch` may be an element's. */
  #mayHoldAt(at: number): boolean {
    const from = 1 + (at >> 2)
    const shift = 2 * (at & 3)
    let low = scratch[from]! | (scratch[from + 1]! << 8) | (scratch[from + 2]! << 16) | (scratch[from + 3]! << 24)
    let high = scratch[from + 4]! | (scratch[from + 5]! << 8) | (scratch[from + 6]! << 16) | (scratch[from + 7]! << 24)
    if (shift > 0) {
      low = (low >>> shift) | (high << (32 - shift))
      high = (high >>> shift) | (scratch[from + 8]! << (32 - shift))
    }
    high &= HIGH_MASK
    const bits = this.#bits
    const mask = this.#mask
    let hash = mixed(low, high)
    const step = stepOf(low, high)
    for (let i = 0; i < HASHES; i++, hash = (hash + step) | 0) {
      const bit = hash & mask
      if (((bits[bit >>> 5]! >>> (bit & 31)) & 1) === 0) return false
    }
    return true
  }

  /** Sets the bits of every 30-mer, as it is packed, of a sequence and of its other strand. */
  #setBits(codes: Uint8Array): void {
    let [low, high, otherLow, otherHigh, bases] = [0, 0, 0, 0, 0]
    for (let i = 0; i < codes.length; i++) {
      const base = twoBits[codes[i]!]!
      if (base === NOT_ONE_BASE) {
        bases = 0
        continue
      }
      low = (low >>> 2) | ((high & 3) << 30)
      high = (high >>> 2) | (base << TOP)
      otherHigh = ((otherHigh << 2) | (otherLow >>> 30)) & HIGH_MASK
      otherLow = (otherLow << 2) | (3 - base)
      if (++bases < SEED_LENGTH) continue
      this.#setBit(low, high)
      this.#setBit(otherLow, otherHigh)
    }
  }

  #setBit(low: number, high: number): void {
    let hash = mixed(low, high)
    const step = stepOf(low, high)
    for (let i = 0; i < HASHES; i++, hash = (hash + step) | 0) {
      const bit = hash & this.#mask
      this.#bits[bit >>> 5]! |= 1 << (bit & 31)
    }
  }
}

function rank({ part, relation }: Sighting): number {
  return parts.indexOf(part) * relations.length + relations.indexOf(relation)
}

function relationOf(codes: Uint8Array, element: Uint8Array): Sighting['relation'] {
  if (codes.length !== element.length) return 'overlap'
  if (equal(codes, element)) return 'exact'
  return equal(reverseComplement(codes), element) ? 'reverse complement' : 'overlap'
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((code, i) => code === b[i])
}

/** Bits of a 30-mer, each as far from the one before (Kirsch & Mitzenmacher 2008, doi 10.1002/rsa.20208). */
const HASHES = 3

function mixed(low: number, high: number): number {
  let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return hash ^ (hash >>> 13)
}

function stepOf(low: number, high: number): number {
  const hash = Math.imul(high ^ Math.imul(low, 0xc2b2ae35), 0x27d4eb2f)
  return (hash ^ (hash >>> 15)) | 1
}
