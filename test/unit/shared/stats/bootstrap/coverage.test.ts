import { describe, expect, it } from 'vitest'
import { simulateCoverage } from './simulateCoverage.ts'

// bench/coverage.ts simulates 1,000 cases of each measure.
describe('the paired bootstrap', () => {
  it('holds the true difference in about 95 % of cases, where one over rows is too sure', () => {
    const { byGroup, byRow } = simulateCoverage({ measure: 'pearson', cases: 300, groups: 150, resamples: 300, seed: 1 })
    // Standard deviation of the share: √(0.95 · 0.05 / 300) = 1.3 %.
    expect(byGroup).toBeGreaterThan(0.91)
    expect(byGroup).toBeLessThan(0.99)
    expect(byRow).toBeLessThan(byGroup - 0.02)
  })
})
