import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readPredictions } from '../db/results.ts'
import type { Contestant, ContestedSet } from './comparableSets.ts'
import type { TestedSplit } from './testedSplits.ts'

/**
 * What the elements of a set are measured by: [positions, cell types]. For specificity each element is in the units of the training
 * part of the run that is tested on it, which for all lines of a set is the same.
 */
export function gatherMeasured(
  { contestants, target }: ContestedSet,
  positions: Int32Array,
  splitOf: (split: number) => TestedSplit,
  width: number,
): Float32Array {
  const [first] = contestants
  const splits = first!.trained.map(({ split }) => split)
  const measured = new Float32Array(positions.length * width).fill(Number.NaN)
  const placeOf = places(positions)
  for (const { test, targets } of splits.map(splitOf)) {
    const values = targets(target)
    for (const element of test) {
      const place = placeOf.get(element)
      if (place !== undefined) measured.set(values.subarray(element * width, (element + 1) * width), place * width)
    }
  }
  return measured
}

/** What a contestant predicts: [positions, cell types]. An ensemble predicts the mean of its members. */
export function gatherPredictions(
  database: ReadableDatabase,
  { trained, ensemble }: Contestant,
  positions: Int32Array,
  splitOf: (split: number) => TestedSplit,
  width: number,
): Float32Array {
  const of = (run: Run) => predictionsAt(database, run, positions, splitOf(run.split).test, width)
  if (ensemble || trained.length === 1) return meanOf(trained.map(of))
  // Each element is in the test part of one fold.
  const pooled = new Float32Array(positions.length * width)
  for (const run of trained) of(run).forEach((value, i) => (Number.isNaN(value) ? undefined : (pooled[i] = value)))
  return pooled
}

/** The mean over vectors of equal length. */
export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0]!
  return vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0) / vectors.length)
}

/** A run's predictions of some elements; NaN for those that are not in its test part. */
function predictionsAt(database: ReadableDatabase, run: Run, positions: Int32Array, test: Int32Array, width: number): Float32Array {
  const predicted = readPredictions(database, run.id, 'test') ?? refuseGone(run.id)
  if (predicted.length !== test.length * width) {
    throw new WorkbenchError('unavailable', `The predictions of run ${run.id} are not whole.`, {
      hint: 'Put the run into the bin, or go back to a copy of the workspace.',
    })
  }
  if (positions.length === test.length && positions.every((position, i) => position === test[i])) return predicted
  const placeOf = places(test)
  const chosen = new Float32Array(positions.length * width).fill(Number.NaN)
  positions.forEach((position, i) => {
    const place = placeOf.get(position)
    if (place !== undefined) chosen.set(predicted.subarray(place * width, (place + 1) * width), i * width)
  })
  return chosen
}

/** Of a run that was deleted while it was being compared. */
export function refuseGone(run: number): never {
  throw new WorkbenchError('not-found', `The results of run ${run} are not in this workspace any more.`, { hint: 'Compare again.' })
}

function places(positions: Int32Array): Map<number, number> {
  const placeOf = new Map<number, number>()
  positions.forEach((position, place) => placeOf.set(position, place))
  return placeOf
}
