import { sortOrder } from './sortOrder.ts'

/** Numbers in a row, in memory that suits them. */
export type Vector = Float32Array | Float64Array | readonly number[]

/**
 * Pearson's correlation of two vectors of equal length, by two passes in double precision. Null when it is not defined:
 * fewer than two values, or one of the vectors constant.
 */
export function pearson(x: Vector, y: Vector): number | null {
  const n = sameLength(x, y)
  if (n < 2) return null
  const meanX = mean(x)
  const meanY = mean(y)
  let xx = 0
  let yy = 0
  let xy = 0
  let spreadX = false
  let spreadY = false
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
    spreadX ||= x[i] !== x[0]
    spreadY ||= y[i] !== y[0]
  }
  // Constant vectors are told by their values: the rounded mean leaves tiny squares that are not a spread.
  if (!spreadX || !spreadY || xx === 0 || yy === 0) return null
  return Math.min(1, Math.max(-1, xy / (Math.sqrt(xx) * Math.sqrt(yy))))
}

/** Spearman's correlation: Pearson's of the ranks, ties averaged. Null when it is not defined, as for {@link pearson}. */
export function spearman(x: Vector, y: Vector): number | null {
  sameLength(x, y)
  return pearson(ranks(x), ranks(y))
}

/** Ranks from 1, ties given the mean of the ranks that they share. */
export function ranks(values: Vector): Float64Array {
  const n = values.length
  const order = values instanceof Float32Array ? sortOrder(values) : Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  const found = new Float64Array(n)
  for (let start = 0; start < n;) {
    let end = start + 1
    while (end < n && values[order[end]!] === values[order[start]!]) end++
    for (let i = start; i < end; i++) found[order[i]!] = (start + 1 + end) / 2
    start = end
  }
  return found
}

/** The arithmetic mean, summed in double precision; NaN for an empty vector. */
export function mean(values: Vector): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

function sameLength(x: Vector, y: Vector): number {
  if (x.length !== y.length) throw new RangeError(`vectors of ${x.length} and ${y.length} values cannot be compared`)
  return x.length
}
