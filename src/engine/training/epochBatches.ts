import { reverseComplement } from '../../shared/dna/bases.ts'
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
}

/** How many batches an epoch has; the last may be smaller. */
export function batchesPerEpoch({ train }: TrainingData, batchSize: number): number {
  return Math.ceil(train.length / batchSize)
}

/**
 * The batches of an epoch (counted from 1). Order and strands follow from seed and epoch alone, so
 * an epoch is the same whether or not training was interrupted before it.
 */
export function* epochBatches(data: TrainingData, epoch: number, options: OrderOptions): Generator<Batch> {
  const source = random(options.seed, epoch)
  const order = shuffle(data.train.slice(), source)
  const isReversed = order.map(() => Number(options.reverseComplement && source.uniform() < 0.5))
  for (let from = 0; from < order.length; from += options.batchSize) {
    yield batch(data, order.subarray(from, from + options.batchSize), isReversed.subarray(from, from + options.batchSize))
  }
}

function batch(data: TrainingData, elements: Int32Array, isReversed: Int32Array): Batch {
  const { length, cellTypes } = data
  const size = elements.length
  const activities = new Float32Array(size * cellTypes)
  elements.forEach((element, row) => activities.set(data.activitiesOf(element), row * cellTypes))
  const measured = activities.map((activity) => Number(!Number.isNaN(activity)))
  const codesOf = (row: number) => (isReversed[row] ? reverseComplement(data.codesOf(elements[row]!)) : data.codesOf(elements[row]!))
  return {
    size,
    codes: padCodes(codesOf, size, length),
    activities: activities.map((activity) => activity || 0),
    measured,
    rows: measured.reduce((sum, value) => sum + value, 0),
  }
}

/** A batch of whole sequences with all activities measured: what an engine is tried with. */
export function fullyMeasured(bases: Uint8Array, length: number, activities: Float32Array): Batch {
  const size = bases.length / length
  const codes = padCodes((row) => bases.subarray(row * length, (row + 1) * length), size, length)
  return { size, codes, activities, measured: new Float32Array(activities.length).fill(1), rows: activities.length }
}
