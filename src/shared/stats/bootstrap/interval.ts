export interface Interval {
  readonly low: number
  readonly high: number
}

/** With fewer resamples in which a measure is defined, what is left of them is no fair picture. */
const DEFINED = 0.95

/**
 * The 95 % percentile interval of what a bootstrap gave (Efron & Tibshirani 1993, chapter 13), between two resamples by a straight line,
 * as numpy's `percentile` does. Null where more than one in twenty is NaN: not defined.
 */
export function percentileInterval(resampled: Float64Array): Interval | null {
  const sorted = resampled.filter((value) => !Number.isNaN(value)).sort()
  if (sorted.length === 0 || sorted.length < DEFINED * resampled.length) return null
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/** Of values in ascending order, by a straight line between the two beside it (R's type 7, numpy's default). */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return low + (high - low) * (at - below)
}
