import type { Vector } from './correlation.ts'

/** What a cell type's z-scores are made with, log2. Both NaN where nothing is measured. */
export interface ActivityStatistics {
  readonly mean: number
  /** The population's (÷ n); NaN where all activities are the same, so that no z-score is defined. */
  readonly sd: number
}

/**
 * Element specificity scores: how much an element stands out in one cell type. Activities become z-scores within each cell
 * type; from them the element's mean z over the cell types that measured it is taken away. NaN where an element is not
 * measured, or in that cell type alone, or where a cell type's activities are all the same. (Agarwal et al. 2025,
 * doi 10.1038/s41586-024-08430-9, call it the element specificity score.)
 *
 * @param activities log2 activities [elements] a cell type, NaN where not measured
 * @param statistics of each cell type; over all of the elements where not given
 * @returns scores in the same shape
 */
export function specificityScores(
  activities: readonly Vector[],
  statistics: readonly ActivityStatistics[] = activities.map((values) => activityStatistics(values)),
): Float64Array[] {
  const scores = activities.map((values, cellType) => zScores(values, statistics[cellType]!))
  const elements = activities[0]?.length ?? 0
  for (let i = 0; i < elements; i++) {
    let sum = 0
    let measured = 0
    for (const column of scores) {
      const z = column[i]!
      if (Number.isNaN(z)) continue
      sum += z
      measured++
    }
    const mean = measured > 1 ? sum / measured : Number.NaN
    for (const column of scores) column[i]! -= mean
  }
  return scores
}

/** Of a cell type's activities, NaN where not measured: over the elements named, such as the training part's, or over all. */
export function activityStatistics(values: Vector, elements?: Int32Array): ActivityStatistics {
  const chosen = elements ? Float64Array.from(elements, (element) => values[element]!) : values
  let sum = 0
  let measured = 0
  for (let i = 0; i < chosen.length; i++) {
    if (Number.isNaN(chosen[i])) continue
    sum += chosen[i]!
    measured++
  }
  const mean = sum / measured
  let squares = 0
  let first = Number.NaN
  let spread = false
  for (let i = 0; i < chosen.length; i++) {
    const value = chosen[i]!
    if (Number.isNaN(value)) continue
    squares += (value - mean) ** 2
    if (Number.isNaN(first)) first = value
    else spread ||= value !== first
  }
  return { mean, sd: spread ? Math.sqrt(squares / measured) : Number.NaN }
}

function zScores(values: Vector, { mean, sd }: ActivityStatistics): Float64Array {
  return Float64Array.from(values as ArrayLike<number>, (value) => (value - mean) / sd)
}
