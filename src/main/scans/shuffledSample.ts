import { shuffleDinucleotides } from '../../shared/dna/shuffleDinucleotides.ts'
import { random } from '../../shared/stats/random.ts'

interface Drawn {
  readonly ticket: number
  readonly codes: Uint8Array
}

/**
 * Draws some of a scan's own sequences (or windows), evenly from all that pass, and shuffles them. Each has a ticket that follows
 * from the seed and its number, and the lowest stay: so a scan that goes on after a stop draws the same, as long as all of them pass
 * again.
 */
export class ShuffledSample {
  readonly #size: number
  readonly #seed: number
  #drawn: Drawn[] = []
  #highest = Infinity
  #passed = 0

  constructor(size: number, seed: number) {
    this.#size = size
    this.#seed = seed
  }

  /** Takes note of a sequence, adapters off. Its codes, which may be written over afterwards, are asked for where it is drawn. */
  pass(codes: () => Uint8Array): void {
    if (this.#size === 0) return
    const ticket = ticketOf(this.#passed++, this.#seed)
    if (ticket >= this.#highest) return
    this.#drawn.push({ ticket, codes: codes().slice() })
    // Put in order now and then: a place for each in a sorted list would cost more.
    if (this.#drawn.length >= 2 * this.#size) this.#keepLowest()
  }

  /** So many sequences of the same dinucleotides as those drawn, which take turns where they are fewer. */
  shuffled(): Uint8Array[] {
    this.#keepLowest()
    const drawn = this.#drawn
    if (drawn.length === 0) return []
    return Array.from({ length: this.#size }, (_, i) => shuffleDinucleotides(drawn[i % drawn.length]!.codes, random(this.#seed, i)))
  }

  #keepLowest(): void {
    this.#drawn.sort((a, b) => a.ticket - b.ticket)
    this.#drawn.length = Math.min(this.#drawn.length, this.#size)
    if (this.#drawn.length === this.#size) this.#highest = this.#drawn.at(-1)?.ticket ?? 0
  }
}

/** A number that looks drawn by chance (SplitMix32's mixing of a counter). */
function ticketOf(number: number, seed: number): number {
  let z = (Math.imul(number + 1, 0x9e3779b9) ^ Math.imul(seed + 1, 0x85ebca6b)) | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}
