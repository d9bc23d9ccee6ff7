import { describe, expect, it } from 'vitest'
import { affineFit } from '../../../../src/shared/stats/affineFit.ts'

describe('the straight line by least squares', () => {
  it('is the line that points lie on', () => {
    const x = Float32Array.of(-2, 0, 1, 5)
    const { scale, offset } = affineFit(
      x,
      x.map((value) => 3 * value - 7),
    )
    expect(scale).toBeCloseTo(3, 12)
    expect(offset).toBeCloseTo(-7, 12)
  })

  it("has the published coefficients on the first of Anscombe's data (1973, doi 10.1080/00031305.1973.10478966)", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    const { scale, offset } = affineFit(x, y)
    expect(scale).toBeCloseTo(0.5001, 4)
    expect(offset).toBeCloseTo(3.0001, 4)
  })

  it('is level where x is constant, and leaves x alone where there is nothing', () => {
    // A mean of thirds is not exact: what is constant is told by its values.
    expect(affineFit([1 / 3, 1 / 3, 1 / 3], [1, 2, 6])).toEqual({ scale: 0, offset: 3 })
    expect(affineFit([], [])).toEqual({ scale: 1, offset: 0 })
    expect(() => affineFit([1], [])).toThrow(RangeError)
  })
})
