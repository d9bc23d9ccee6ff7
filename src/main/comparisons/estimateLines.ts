import type { MeasureName } from '../../shared/domain/measures.ts'
import type { Breathe } from '../datasets/breathe.ts'
import { bootstrapInThreads } from './bootstrapInThreads.ts'
import type { PreparedComparison } from './prepareComparison.ts'
import { keyOf } from './testedSplits.ts'

/** Intervals from fewer groups cover far less often than they say, so none are given. */
const FEWEST_GROUPS = 10
/** Comparisons whose estimates are kept; those of four lines take some 130 kB. */
const KEPT = 12

/** What is measured, and how often it is resampled. */
export interface Resampling {
  readonly measure: MeasureName
  readonly resamples: number
  readonly seed: number
}

/** How a long call is followed and stopped. */
export interface Watched {
  readonly signal: AbortSignal
  readonly breathe: Breathe
  /** Hears how many resamples are done. */
  readonly told: (done: number) => void
}

/** A measure of a line in one cell type: of the data, and in each resample, the mean over its members. */
export interface Estimate {
  readonly n: number
  readonly members: readonly (number | null)[]
  readonly mean: number | null
  /** Null where there are too few groups. */
  readonly resampled: Float64Array | null
}

/** By line, in their order, and column: the cell types and all of them together. */
export type Estimates = readonly (readonly Estimate[])[]

/**
 * The estimates that were made last. What a run predicts never changes and its number is not given again, so the same question has the
 * same answer: a page that is opened again, and the report of what it shows, need no second bootstrap.
 */
export type EstimateMemory = Map<string, Estimates>

/** Estimates of all lines, from memory where they are there. @throws WorkbenchError `cancelled` */
export async function estimateLines(
  prepared: PreparedComparison,
  asked: Resampling,
  watched: Watched,
  memory: EstimateMemory,
): Promise<Estimates> {
  const key = keyOfEstimates(prepared, asked)
  const known = memory.get(key)
  // The last used stands last.
  memory.delete(key)
  const estimates = known ?? (await makeEstimates(prepared, asked, watched))
  memory.set(key, estimates)
  for (const oldest of [...memory.keys()].slice(0, -KEPT)) memory.delete(oldest)
  if (known) watched.told(asked.resamples)
  return estimates
}

function keyOfEstimates({ target, positions, lines }: PreparedComparison, { measure, resamples, seed }: Resampling): string {
  const contestants = lines.map((line) => line.contestants.map(({ ensemble, trained }) => [ensemble !== null, trained.map(({ id }) => id)]))
  return JSON.stringify([measure, resamples, seed, target, keyOf(positions), contestants])
}

async function makeEstimates(
  { lines, measured, groups, groupCount, cellTypes, predictionsOf }: PreparedComparison,
  { measure, resamples, seed }: Resampling,
  { signal, breathe, told }: Watched,
): Promise<Estimates> {
  const width = cellTypes.length
  const predictions: Float32Array[][] = []
  for (const line of lines) {
    predictions.push(predictionsOf(line))
    await breathe()
  }
  if (predictions.length === 0) return []
  const job = { measure, measured, predictions: predictions.flat(), cellTypes: width, groups, groupCount, seed }
  // Of too few groups the sample alone is measured.
  const drawn = groupCount < FEWEST_GROUPS ? 0 : resamples
  const found = await bootstrapInThreads(job, drawn, signal, told)
  const counts = countMeasured(measured, width)
  let first = 0
  return predictions.map((ofLine) => {
    const members = ofLine.map((_, member) => first + member)
    first += ofLine.length
    return counts.map((n, c) => {
      const series = members.map((member) => member * (width + 1) + c)
      const values = series.map((at) => (Number.isNaN(found.sample[at]) ? null : found.sample[at]!))
      return {
        n,
        members: values,
        mean: values.every((value) => value !== null) ? meanOf(values) : null,
        resampled: drawn === 0 ? null : meanSeries(series.map((at) => found.resamples.subarray(at * drawn, (at + 1) * drawn))),
      }
    })
  })
}

/** Measured rows of each cell type, and of all together. */
function countMeasured(measured: Float32Array, width: number): number[] {
  const counts = new Array<number>(width + 1).fill(0)
  measured.forEach((value, i) => {
    if (Number.isNaN(value)) return
    counts[i % width]!++
    counts[width]!++
  })
  return counts
}

function meanSeries(series: readonly Float64Array[]): Float64Array {
  return series[0]!.map((_, r) => {
    let sum = 0
    for (const one of series) sum += one[r]!
    return sum / series.length
  })
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
