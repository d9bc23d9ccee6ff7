import { describe, expect, it } from 'vitest'
import { percentileInterval, quantile } from '../../../../../src/shared/stats/bootstrap/interval.ts'

describe('quantile', () => {
  it('equals numpy.percentile', () => {
    // numpy.percentile([1, 2, 4, 8, 16], [0, 2.5, 25, 60, 97.5, 100])
    const values = Float64Array.of(1, 2, 4, 8, 16)
    expect([0, 0.025, 0.25, 0.6, 0.975, 1].map((share) => quantile(values, share))).toEqual(
      [1, 1.1, 2, 5.6, 15.2, 16].map((x) => expect.closeTo(x, 12) as number),
    )
  })
})

describe('percentileInterval', () => {
  it('leaves out 2.5 % at each end, in whatever order the values come', () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => (i * 10) % 1001)
    expect(percentileInterval(values)).toEqual({ low: 25, high: 975 })
  })

  it('is of the resamples in which the measure is defined, where these are nearly all', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i < 5 ? Number.NaN : 1))
    expect(percentileInterval(values)).toEqual({ low: 1, high: 1 })
    values[5] = Number.NaN
    expect(percentileInterval(values)).toBeNull()
    expect(percentileInterval(new Float64Array(0))).toBeNull()
  })
})
