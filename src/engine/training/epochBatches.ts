import { PADDING, reverseComplement } from '../../shared/dna/bases.ts'
import { random, shuffle } from '../../shared/stats/random.ts'
import { padCodes } from '../variants/padCodes.ts'
import type { TrainingData } from './trainingData.ts'

/** What a training step reads, row-major. */
export interface Batch {
  readonly size: number
  /** Padded base codes: [size, length + 2 × PADDED_BASES]. */
  readonly codes: Int32Array
  /** log2(RNA/DNA), 0 where not measured: [size, cellTypes]. */
  readonly activities: Float32Array
  /** 1 where measured, else 0: [size, cellTypes]. */
  readonly measured: Float32Array
  /** Rows measured. */
  readonly rows: number
}

export interface OrderOptions {
  readonly seed: number
  readonly batchSize: number
  /** Reads each sequence as its reverse complement with probability one half. */
  readonly reverseComplement: boolean
  /** Moves each sequence by up to so many bases either way, all distances alike; what comes in is padding. */
  readonly shift: number
}

/** How many batches an epoch has; the last may be smaller. */
export function batchesPerEpoch({ train }: TrainingData, batchSize: number): number {
  return Math.ceil(train.length / batchSize)
}

/**
 * The batches of an epoch (counted from 1). Order and strands follow from seed and epoch alone, and how far a sequence is moved
 * from these and its element, so an epoch is the same whether or not training was interrupted before it.
 */
export function* epochBatches(data: TrainingData, epoch: number, options: OrderOptions): Generator<Batch> {
  const source = random(options.seed, epoch)
  const order = shuffle(data.train.slice(), source)
  const isReversed = order.map(() => Number(options.reverseComplement && source.uniform() < 0.5))
  for (let from = 0; from < order.length; from += options.batchSize) {
    const elements = order.subarray(from, from + options.batchSize)
    yield batch(data, elements, (row) => {
      const element = elements[row]!
      const codes = isReversed[from + row] ? reverseComplement(data.codesOf(element)) : data.codesOf(element)
      if (options.shift === 0) return codes
      return moved(codes, random(options.seed, epoch, element).integer(2 * options.shift + 1) - options.shift)
    })
  }
}

function batch(data: TrainingData, elements: Int32Array, codesOf: (row: number) => Uint8Array): Batch {
  const { length, cellTypes } = data
  const size = elements.length
  const activities = new Float32Array(size * cellTypes)
  elements.forEach((element, row) => activities.set(data.activitiesOf(element), row * cellTypes))
  const measured = activities.map((activity) => Number(!Number.isNaN(activity)))
  return {
    size,
    codes: padCodes(codesOf, size, length),
    activities: activities.map((activity) => activity || 0),
    measured,
    rows: measured.reduce((sum, value) => sum + value, 0),
  }
}

/** A sequence moved to the right by so many bases, or to the left where that is negative. */
function moved(codes: Uint8Array, by: number): Uint8Array {
  const result = new Uint8Array(codes.length).fill(PADDING)
  if (by >= 0) result.set(codes.subarray(0, codes.length - by), by)
  else result.set(codes.subarray(-by))
  return result
}

/** A batch of whole sequences with all activities measured: what an engine is tried with. */
export function fullyMeasured(bases: Uint8Array, length: number, activities: Float32Array): Batch {
  const size = bases.length / length
  const codes = padCodes((row) => bases.subarray(row * length, (row + 1) * length), size, length)
  return { size, codes, activities, measured: new Float32Array(activities.length).fill(1), rows: activities.length }
}
