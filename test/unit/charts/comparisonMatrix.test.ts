import { describe, expect, it } from 'vitest'
import { ceilingsOf, certainCells, comparisonMatrix, matrixColumns } from '../../../src/charts/comparisonMatrix.ts'
import { certaintyOf, comparisonOf, measured } from './comparedLines.ts'

describe('comparisonMatrix', () => {
  it('has a column a cell type, and all together last', () => {
    expect(matrixColumns({ cellTypes: ['HepG2', 'K562'] })).toEqual(['HepG2', 'K562', 'all'])
    expect(matrixColumns({ cellTypes: ['all', 'HepG2'] })).toEqual(['HepG2', 'all'])
  })

  it('has a row a line, in the order of the lines, with mean and sample SD over its members', () => {
    const [baseline, full] = comparisonMatrix(
      comparisonOf([
        measured('baseline', 9, 'all', 0.3),
        measured('full', 1, 'all', 0.4),
        measured('full', 2, 'all', 0.5),
        measured('full', 3, 'all', 0.6),
      ]),
    )
    expect([baseline!.label, full!.label]).toEqual(['baseline', 'full'])
    expect(baseline!.cells['all']!.pearson).toEqual({ mean: 0.3, sd: null })
    expect([full!.runs, full!.members, full!.n['all']]).toEqual([[1, 2, 3], 3, 100])
    expect(full!.cells['all']!.pearson!.mean).toBeCloseTo(0.5, 12)
    expect(full!.cells['all']!.pearson!.sd).toBeCloseTo(0.1, 12)
  })

  it('counts the lines of each variant, so that they can be drawn apart', () => {
    const rows = ['full', 'baseline', 'full · 40 epochs', 'baseline · 40 epochs'].map((line, run) => measured(line, run, 'all', 0.5))
    expect(comparisonMatrix(comparisonOf(rows)).map(({ label, settings }) => [label, settings])).toEqual([
      ['full', 0],
      ['baseline', 0],
      ['full · 40 epochs', 1],
      ['baseline · 40 epochs', 1],
    ])
  })

  it('has no mean where one of the members has no value', () => {
    const [only] = comparisonMatrix(comparisonOf([measured('full', 1, 'all', 0.4), measured('full', 2, 'all', null)]))
    expect(only!.cells['all']!.pearson).toBeNull()
    expect(only!.cells['all']!.mse).toEqual({ mean: 0.5, sd: 0 })
  })

  it('counts the folds of a split as one member', () => {
    const comparison = comparisonOf([measured('full', 1, 'all', 0.4)])
    const folds = { ...comparison, lines: [{ ...comparison.lines[0]!, members: [{ seed: 1, runs: [1, 2, 3] }] }] }
    expect(comparisonMatrix(folds)[0]).toMatchObject({ members: 1, runs: [1, 2, 3] })
  })
})

describe('what belongs to a cell', () => {
  const comparison = comparisonOf([measured('full', 1, 'HepG2', 0.4), measured('full', 1, 'all', 0.5)], ['HepG2', 'K562'], [0.8, null])

  it('is found by line and cell type, and missing before it is known', () => {
    const sure = certainCells(certaintyOf(comparison, ['full HepG2']))
    expect(sure('full', 'HepG2')).toMatchObject({ mean: 0.4, best: true })
    expect(sure('full', 'elsewhere')).toBeNull()
    expect(certainCells(null)('full', 'HepG2')).toBeNull()
  })

  it('has a ceiling where there is one', () => {
    expect(ceilingsOf(comparison)).toEqual({ HepG2: 0.8, K562: null })
  })
})
