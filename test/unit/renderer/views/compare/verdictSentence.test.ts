import { describe, expect, it } from 'vitest'
import { comparisonMatrix } from '../../../../../src/charts/comparisonMatrix.ts'
import { verdictSentence } from '../../../../../src/renderer/views/compare/verdictSentence.ts'
import type { Variant } from '../../../../../src/shared/domain/variants.ts'

/** A run a variant, with its Pearson r over all cell types. */
function rowsOf(pearsons: Partial<Record<Variant, number>>) {
  const rows = Object.entries(pearsons).map(([variant, pearson], index) => ({
    run: index + 1,
    variant: variant as Variant,
    cellType: 'all',
    n: 100,
    mse: 0.5,
    rmse: 0.7,
    mae: 0.4,
    pearson,
    spearman: pearson,
    r2: 0.1,
  }))
  return comparisonMatrix({ dataset: 1, cellTypes: ['HepG2'], testElements: 100, rows, leftOut: [] }, new Map())
}

describe('verdictSentence', () => {
  it('names the first and the next, and warns where one run a variant cannot tell', () => {
    const rows = rowsOf({ baseline: 0.41, full: 0.52 })
    expect(verdictSentence(rows, 'pearson', 2)).toBe(
      'full has the highest Pearson r over all cell types, 0.52; baseline follows with 0.41. With one run a variant, small differences may be luck: train several seeds to tell.',
    )
    expect(verdictSentence(rows.slice(0, 1), 'pearson', 2)).toBe('baseline has a Pearson r of 0.41 over all cell types of the test part.')
    expect(verdictSentence([], 'pearson', 2)).toBe('Pearson r is not defined for these runs.')
  })

  it('does not name a winner where the shown digits tie', () => {
    const rows = rowsOf({ baseline: 0.411, full: 0.412 })
    expect(verdictSentence(rows, 'pearson', 2)).toMatch(/^full and baseline share the highest Pearson r over all cell types, 0\.41\./)
  })
})
