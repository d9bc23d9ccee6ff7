/** A stretch of the genome: chromosomes by number, the end not in it. */
export interface Range {
  readonly firstChromosome: number
  readonly start: number
  readonly lastChromosome: number
  readonly end: number
}

/** A block of the file and the stretch that it is about. */
export interface Block extends Range {
  readonly bytes: Uint8Array
}

const PIECE_BYTES = 1 << 20
/** Numbers kept of a block: its range, and its bytes. */
const FIELDS = 5

/**
 * Blocks of a file, one after the other in the order of the genome. Of a million sequences there are as many blocks, so they are kept
 * as bytes and numbers: as objects they would be a gigabyte, and seconds of garbage collection.
 */
export class Blocks {
  length = 0
  byteLength = 0
  #numbers = new Uint32Array(FIELDS * 256)
  readonly #full: Uint8Array[] = []
  #filling = new Uint8Array(0)
  #filled = 0

  add({ firstChromosome, start, lastChromosome, end, bytes }: Block): void {
    if (FIELDS * (this.length + 1) > this.#numbers.length) this.#numbers = longer(this.#numbers)
    this.#numbers.set([firstChromosome, start, lastChromosome, end, bytes.byteLength], FIELDS * this.length++)
    this.byteLength += bytes.byteLength
    if (this.#filled + bytes.byteLength > this.#filling.byteLength) {
      this.#full.push(this.#filling.subarray(0, this.#filled))
      this.#filling = new Uint8Array(Math.max(PIECE_BYTES, bytes.byteLength))
      this.#filled = 0
    }
    this.#filling.set(bytes, this.#filled)
    this.#filled += bytes.byteLength
  }

  range(block: number): Range {
    const [numbers, at] = [this.#numbers, FIELDS * block]
    return { firstChromosome: numbers[at]!, start: numbers[at + 1]!, lastChromosome: numbers[at + 2]!, end: numbers[at + 3]! }
  }

  bytesOf(block: number): number {
    return this.#numbers[FIELDS * block + 4]!
  }

  /** All of their bytes. */
  pieces(): Uint8Array[] {
    return [...this.#full, this.#filling.subarray(0, this.#filled)]
  }
}

/** The same numbers with room for as many again. */
export function longer<T extends Uint32Array | Float64Array>(numbers: T): T {
  const more = new (numbers.constructor as new (length: number) => T)(2 * numbers.length)
  more.set(numbers)
  return more
}
