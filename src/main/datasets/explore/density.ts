import type { Bins, Density } from '../../../shared/domain/explore.ts'
import { pearson } from '../../../shared/stats/correlation.ts'
import { binOf } from './bins.ts'

/** The pairs of two vectors at some positions, where both have a value. */
export interface Pairs {
  readonly x: Float64Array
  readonly y: Float64Array
}

export function pairsOf(x: Float32Array, y: Float32Array, positions: Int32Array): Pairs {
  const xs = new Float64Array(positions.length)
  const ys = new Float64Array(positions.length)
  let n = 0
  for (let p = 0; p < positions.length; p++) {
    const a = x[positions[p]!]!
    const b = y[positions[p]!]!
    if (Number.isNaN(a) || Number.isNaN(b)) continue
    xs[n] = a
    ys[n++] = b
  }
  return { x: xs.subarray(0, n), y: ys.subarray(0, n) }
}

/** How many pairs fall into each square of two axes with the same bins, and their Pearson r over all pairs, those outside too. */
export function densityOf({ x, y }: Pairs, bins: Bins): Pick<Density, 'n' | 'r' | 'bins' | 'counts' | 'outside'> {
  const counts = new Int32Array(bins.count * bins.count)
  let outside = 0
  for (let i = 0; i < x.length; i++) {
    const column = binOf(bins, x[i]!)
    const row = binOf(bins, y[i]!)
    if (column < 0 || row < 0 || column >= bins.count || row >= bins.count) outside++
    else counts[row * bins.count + column]!++
  }
  return { n: x.length, r: pearson(x, y), bins, counts, outside }
}
