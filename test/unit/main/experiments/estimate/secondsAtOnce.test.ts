import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secondsAtOnce } from '../../../../../src/main/experiments/estimate/secondsAtOnce.ts'

describe('secondsAtOnce', () => {
  it('is the end of the last run, each begun as soon as there is room', () => {
    expect(secondsAtOnce([], 2)).toBe(0)
    expect(secondsAtOnce([3, 1, 1, 4], 1)).toBe(9)
    expect(secondsAtOnce([3, 1, 1, 4], 2)).toBe(6)
    expect(secondsAtOnce([3, 1, 1, 4], 8)).toBe(4)
  })

  it('is between what all would take side by side and one after another', () => {
    const runs = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 8 }), (seconds, atOnce) => {
        const sum = seconds.reduce((total, each) => total + each, 0)
        const found = secondsAtOnce(seconds, atOnce)
        expect(found).toBeGreaterThanOrEqual(Math.max(...seconds, (sum / atOnce) * (1 - 1e-12)))
        expect(found).toBeLessThanOrEqual(sum * (1 + 1e-12))
      }),
    )
  })
})
