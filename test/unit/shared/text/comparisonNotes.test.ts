import { describe, expect, it } from 'vitest'
import { comparisonNotes } from '../../../../src/shared/text/comparisonNotes.ts'

const cellTypes = ['HepG2', 'K562']

describe('comparisonNotes', () => {
  it('says what a correlation over several models, and one over several cell types, holds besides', () => {
    const [pooled, allRows, ...others] = comparisonNotes({ kind: 'folds', measure: 'pearson', cellTypes, seeds: 0 })
    expect(pooled).toMatch(/has not seen it; that these models differ in level and scale takes a little/)
    expect(allRows).toMatch(/^Over all rows it counts as well that one cell type is more active/)
    expect(others).toEqual([])
  })

  it('says no more than is true of the measure and the data', () => {
    expect(comparisonNotes({ kind: 'folds', measure: 'mae', cellTypes, seeds: 0 })).toEqual([
      'Every element is predicted by the one model of its folds that has not seen it.',
    ])
    expect(comparisonNotes({ kind: 'test', measure: 'mse', cellTypes, seeds: 0 })).toEqual([])
    expect(comparisonNotes({ kind: 'test', measure: 'r2', cellTypes, seeds: 0 })).toHaveLength(1)
    expect(comparisonNotes({ kind: 'shared', measure: 'spearman', cellTypes: ['HepG2'], seeds: 0 })).toEqual([])
  })

  it('says what the intervals do not hold of the seeds', () => {
    expect(comparisonNotes({ kind: 'test', measure: 'mse', cellTypes, seeds: 1 })).toEqual([
      'Each model was trained with one seed: what another seed would change is not in the intervals.',
    ])
    expect(comparisonNotes({ kind: 'test', measure: 'mse', cellTypes, seeds: 3 })).toEqual([
      'The intervals tell how much hangs on which sequences were tested; how much hangs on the seed, the SD over seeds tells.',
    ])
  })
})
