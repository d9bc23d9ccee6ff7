import { longer, type Block } from './blocks.ts'

export const ITEMS_PER_BLOCK = 1024
const RECORD_BYTES = 32
/** Numbers kept of a bin: in the one array chromosome, start, end and bases with a value, in the other min, max, sum and sum of squares. */
const FIELDS = 4
const FEW_BINS = 1024

/** A level of zoom while it is being made: values are put into bins of `reduction` bases. */
export class ZoomLevel {
  readonly reduction: number
  /** Bins with a value. */
  bins = 0
  #places = new Uint32Array(FIELDS * FEW_BINS)
  #sums = new Float64Array(FIELDS * FEW_BINS)

  constructor(reduction: number) {
    this.reduction = reduction
  }

  /** Adds a stretch that begins where the last one ended or later. */
  add(chromosome: number, length: number, start: number, end: number, value: number): void {
    for (let from = start; from < end;) {
      const bin = Math.floor(from / this.reduction) * this.reduction
      const to = Math.min(end, bin + this.reduction)
      const bases = to - from
      const at = this.#binAt(chromosome, bin)
      this.#merge(at, Math.min(bin + this.reduction, length), bases, value, value, value * bases, value * value * bases)
      from = to
    }
  }

  /** This level in bins so many times as wide. */
  reducedBy(factor: number): ZoomLevel {
    const wider = new ZoomLevel(this.reduction * factor)
    for (let at = 0; at < FIELDS * this.bins; at += FIELDS) {
      const [places, sums] = [this.#places, this.#sums]
      const bin = Math.floor(places[at + 1]! / wider.reduction) * wider.reduction
      const there = wider.#binAt(places[at]!, bin)
      wider.#merge(there, places[at + 2]!, places[at + 3]!, sums[at]!, sums[at + 1]!, sums[at + 2]!, sums[at + 3]!)
    }
    return wider
  }

  /** Where the numbers of a bin stand that is the last one or comes after it. */
  #binAt(chromosome: number, start: number): number {
    const last = FIELDS * (this.bins - 1)
    if (last >= 0 && this.#places[last] === chromosome && this.#places[last + 1] === start) return last
    const at = FIELDS * this.bins++
    if (at === this.#places.length) [this.#places, this.#sums] = [longer(this.#places), longer(this.#sums)]
    this.#places[at] = chromosome
    this.#places[at + 1] = start
    this.#sums[at] = Infinity
    this.#sums[at + 1] = -Infinity
    return at
  }

  #merge(at: number, end: number, covered: number, min: number, max: number, sum: number, sumOfSquares: number): void {
    const [places, sums] = [this.#places, this.#sums]
    places[at + 2] = Math.max(places[at + 2]!, end)
    places[at + 3]! += covered
    sums[at] = Math.min(sums[at]!, min)
    sums[at + 1] = Math.max(sums[at + 1]!, max)
    sums[at + 2]! += sum
    sums[at + 3]! += sumOfSquares
  }

  /** The records in blocks, not compressed yet (Kent et al. 2010, supplementary table 19). */
  *blocks(): Generator<Block> {
    const places = this.#places
    for (let first = 0; first < this.bins; first += ITEMS_PER_BLOCK) {
      const end = Math.min(this.bins, first + ITEMS_PER_BLOCK)
      const bytes = Buffer.alloc((end - first) * RECORD_BYTES)
      for (let bin = first; bin < end; bin++) {
        const at = RECORD_BYTES * (bin - first)
        for (let field = 0; field < FIELDS; field++) {
          bytes.writeUInt32LE(places[FIELDS * bin + field]!, at + 4 * field)
          bytes.writeFloatLE(this.#sums[FIELDS * bin + field]!, at + 16 + 4 * field)
        }
      }
      const [from, to] = [FIELDS * first, FIELDS * (end - 1)]
      yield { firstChromosome: places[from]!, start: places[from + 1]!, lastChromosome: places[to]!, end: places[to + 2]!, bytes }
    }
  }
}
