import { bootstrapMeasures } from '../../../../../src/shared/stats/bootstrap/bootstrapMeasures.ts'
import { percentileInterval } from '../../../../../src/shared/stats/bootstrap/interval.ts'
import { random, type Random } from '../../../../../src/shared/stats/random.ts'

export interface CoverageRequest {
  readonly measure: 'pearson' | 'spearman' | 'mse' | 'mae'
  /** Simulated data sets. */
  readonly cases: number
  /** Groups in each, of one to three elements. */
  readonly groups: number
  readonly resamples: number
  readonly seed: number
}

/** The share of 95 % intervals that hold the true difference, 0 to 1. */
export interface Coverage {
  readonly byGroup: number
  /** Of a bootstrap that takes every row for independent. */
  readonly byRow: number
}

/** Of its variance an element shares this with its group, as both strands of one sequence nearly do. */
const SHARED_BY_GROUP = 0.7
/** Of their errors' variance two models share this: both miss the same. */
const SHARED_BY_MODELS = 0.5
/** Prediction k is `slope · measured + noise · error`, all standard normal. */
const MODELS = [
  { slope: 0.5, noise: 0.8 },
  { slope: 0.4, noise: 0.8 },
] as const

/** How often the paired bootstrap's interval of the difference between two models holds the difference that is true of where the data come from. */
export function simulateCoverage({ measure, cases, groups: groupCount, resamples, seed }: CoverageRequest): Coverage {
  const truth = trueValue(measure, MODELS[0]) - trueValue(measure, MODELS[1])
  let byGroup = 0
  let byRow = 0
  for (let number = 0; number < cases; number++) {
    const { groups, measured, predictions } = simulate(random(seed, number), groupCount)
    const holds = (of: Int32Array, count: number) => {
      const job = { measure, measured, predictions, cellTypes: 1, groups: of, groupCount: count, seed: number, from: 0, to: resamples }
      const found = bootstrapMeasures(job)
      const series = (member: number) => found.subarray(member * 2 * resamples, (member * 2 + 1) * resamples)
      const { low, high } = percentileInterval(series(0).map((value, r) => value - series(1)[r]!))!
      return low <= truth && truth <= high
    }
    if (holds(groups, groupCount)) byGroup++
    if (holds(Int32Array.from(groups.keys()), groups.length)) byRow++
  }
  return { byGroup: byGroup / cases, byRow: byRow / cases }
}

function simulate(source: Random, groupCount: number) {
  const groups = Int32Array.from(
    Array.from({ length: groupCount }, (_, group) => new Array<number>(1 + source.integer(3)).fill(group)).flat(),
  )
  // Standard normal, alike within a group.
  const variable = () => {
    const ofGroup = Float64Array.from({ length: groupCount }, () => source.normal())
    return Float64Array.from(
      groups,
      (group) => Math.sqrt(SHARED_BY_GROUP) * ofGroup[group]! + Math.sqrt(1 - SHARED_BY_GROUP) * source.normal(),
    )
  }
  const measured = variable()
  const common = variable()
  const predictions = MODELS.map(({ slope, noise }) => {
    const own = variable()
    const error = (i: number) => Math.sqrt(SHARED_BY_MODELS) * common[i]! + Math.sqrt(1 - SHARED_BY_MODELS) * own[i]!
    return Float32Array.from(measured, (value, i) => slope * value + noise * error(i))
  })
  return { groups, measured: Float32Array.from(measured), predictions }
}

/** Of all data that there could be: the variables are jointly normal. */
function trueValue(measure: CoverageRequest['measure'], { slope, noise }: (typeof MODELS)[number]): number {
  const r = slope / Math.hypot(slope, noise)
  const squared = (slope - 1) ** 2 + noise ** 2
  switch (measure) {
    case 'pearson':
      return r
    case 'spearman':
      // Pearson 1907: of a bivariate normal distribution.
      return (6 / Math.PI) * Math.asin(r / 2)
    case 'mse':
      return squared
    case 'mae':
      return Math.sqrt((2 / Math.PI) * squared)
  }
}
