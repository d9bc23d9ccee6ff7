import type { Histogram } from '../../../shared/domain/dataset.ts'
import type { Bins } from '../../../shared/domain/explore.ts'
import { roundWidth } from '../histogram.ts'

/** Some `about` bins with round edges that hold everything from `low` to `high`; each holds its lower edge. */
export function roundBins(low: number, high: number, about: number, narrowest = 0): Bins {
  const width = Math.max(narrowest, roundWidth((high - low) / about))
  const first = Math.floor(low / width)
  return { from: Number((first * width).toPrecision(12)), width, count: Math.floor(high / width) - first + 1 }
}

/** Bins that hold all values of all vectors, so that their counts can be compared; NaN is none. */
export function binsOf(vectors: readonly ArrayLike<number>[], about: number, narrowest = 0): Bins {
  let low = Infinity
  let high = -Infinity
  for (const values of vectors) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low > high ? { from: 0, width: Math.max(1, narrowest), count: 1 } : roundBins(low, high, about, narrowest)
}

/** The bin of a value, which may lie outside. The same for the edge of a bin and the value that is written like it. */
export function binOf({ from, width }: Bins, value: number): number {
  return Math.floor(value / width) - Math.round(from / width)
}

/** Counts the values at some positions into bins. What lies outside, by a rounding, counts with the last bin of its side. */
export function countInto(bins: Bins, values: ArrayLike<number>, positions: Int32Array): Histogram {
  const counts = new Int32Array(bins.count)
  const last = bins.count - 1
  for (let p = 0; p < positions.length; p++) {
    const value = values[positions[p]!]!
    if (Number.isNaN(value)) continue
    const bin = binOf(bins, value)
    counts[bin < 0 ? 0 : bin > last ? last : bin]!++
  }
  return {
    edges: Array.from({ length: bins.count + 1 }, (_, bin) => Number((bins.from + bin * bins.width).toPrecision(12))),
    counts: [...counts],
  }
}
