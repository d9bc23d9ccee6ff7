import { describe, expect, it } from 'vitest'
import { histogram } from '../../../../src/main/datasets/histogram.ts'

describe('histogram', () => {
  it('counts every measured value once, in bins with round edges', () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => (i % 10 === 9 ? Number.NaN : i / 100 - 5))
    const { edges, counts } = histogram(values)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(901)
    expect(edges).toHaveLength(counts.length + 1)
    expect(edges[0]).toBe(-5)
    expect(edges[1]).toBe(-4.5)
    expect(edges.at(-1)).toBeGreaterThanOrEqual(5)
  })

  it('has a bin for values that are all the same, and for none', () => {
    expect(histogram(Float32Array.of(0.3, 0.3))).toEqual({ edges: [0, 1], counts: [2] })
    expect(histogram(Float32Array.of(Number.NaN))).toEqual({ edges: [0, 1], counts: [0] })
  })
})
