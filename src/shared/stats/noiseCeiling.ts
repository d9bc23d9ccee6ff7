import { pearson } from './correlation.ts'

/** How well replicates agree, and what that lets any model reach. Null where it is not defined. */
export interface NoiseCeiling {
  /** Mean pairwise Pearson r between replicates, over the elements that both of a pair measured. */
  readonly replicateR: number | null
  /** The highest Pearson r that a model can have with the mean over the replicates. */
  readonly ceiling: number | null
}

/**
 * The noise ceiling of one cell type. The mean over k replicates that agree at r has the reliability `k r / (1 + (k − 1) r)`
 * (Spearman 1910, doi 10.1111/j.2044-8295.1910.tb00206.x; Brown 1910, doi 10.1111/j.2044-8295.1910.tb00207.x), and no model's
 * correlation with it exceeds the reliability's square root. Not defined where replicates do not agree at all (r ≤ 0).
 *
 * @param replicates log2 activities [elements] a replicate, NaN where not measured
 */
export function noiseCeiling(replicates: readonly Float32Array[]): NoiseCeiling {
  const correlations: number[] = []
  for (const [i, first] of replicates.entries()) {
    for (const second of replicates.slice(i + 1)) {
      const r = pearson(...inBoth(first, second))
      if (r !== null) correlations.push(r)
    }
  }
  if (correlations.length === 0) return { replicateR: null, ceiling: null }
  const replicateR = correlations.reduce((sum, r) => sum + r, 0) / correlations.length
  return { replicateR, ceiling: replicateR > 0 ? Math.sqrt(spearmanBrown(replicateR, replicates.length)) : null }
}

/** The values of two replicates over the elements that both measured. */
function inBoth(first: Float32Array, second: Float32Array): [Float64Array, Float64Array] {
  const [x, y] = [new Float64Array(first.length), new Float64Array(first.length)]
  let count = 0
  for (let element = 0; element < first.length; element++) {
    if (Number.isNaN(first[element]) || Number.isNaN(second[element])) continue
    x[count] = first[element]!
    y[count++] = second[element]!
  }
  return [x.subarray(0, count), y.subarray(0, count)]
}

/** Reliability of the mean of k parallel measurements that correlate at r. */
export function spearmanBrown(r: number, k: number): number {
  return (k * r) / (1 + (k - 1) * r)
}
