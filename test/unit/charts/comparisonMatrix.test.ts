import { describe, expect, it } from 'vitest'
import { bestRows, comparisonMatrix, matrixColumns } from '../../../src/charts/comparisonMatrix.ts'
import type { Comparison } from '../../../src/shared/domain/comparison.ts'
import { recipes, type Recipe } from '../../../src/shared/domain/recipe.ts'
import type { Run } from '../../../src/shared/domain/run.ts'
import type { Variant } from '../../../src/shared/domain/variants.ts'

const row = (run: number, variant: Variant, cellType: string, pearson: number | null, mse = 0.5) => ({
  run,
  variant,
  cellType,
  n: 100,
  mse,
  rmse: Math.sqrt(mse),
  mae: 0.4,
  pearson,
  spearman: pearson,
  r2: 0.1,
})
const run = (id: number, variant: Variant, seed: number, recipe: Recipe = recipes.default): Run => ({
  id,
  experiment: 1,
  dataset: 1,
  datasetName: 'set',
  split: 1,
  splitKind: 'group',
  splitName: 'By group, seed 1',
  splitSeed: 1,
  variant,
  recipe,
  seed,
  state: 'completed',
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  finishedAt: null,
  engine: null,
  epochs: 20,
  seconds: 1,
  rowsPerSecond: null,
  message: null,
  testPearson: null,
})
const compare = (rows: Comparison['rows'], cellTypes = ['HepG2']): Comparison => ({
  dataset: 1,
  cellTypes,
  testElements: 100,
  rows,
  leftOut: [],
})
const byId = (...runs: Run[]) => new Map(runs.map((one) => [one.id, one]))

describe('comparisonMatrix', () => {
  it('has a column a cell type, and all together last', () => {
    expect(matrixColumns({ cellTypes: ['HepG2', 'K562'] })).toEqual(['HepG2', 'K562', 'all'])
    expect(matrixColumns({ cellTypes: ['all', 'HepG2'] })).toEqual(['HepG2', 'all'])
  })

  it('puts variants in their own order, whatever the order of the runs', () => {
    const comparison = compare([row(1, 'full', 'all', 0.5), row(2, 'baseline', 'all', 0.4)])
    expect(comparisonMatrix(comparison, byId(run(1, 'full', 1), run(2, 'baseline', 1))).map(({ label }) => label)).toEqual([
      'baseline',
      'full',
    ])
  })

  it('counts settings alike for all variants, in the order of the runs', () => {
    const comparison = compare([1, 2, 3, 4].map((id) => row(id, id % 2 ? 'baseline' : 'full', 'all', 0.1 * id)))
    const matrix = comparisonMatrix(
      comparison,
      byId(run(1, 'baseline', 1, recipes.seed), run(2, 'full', 1, recipes.seed), run(3, 'baseline', 1), run(4, 'full', 1)),
    )
    expect(matrix.map(({ variant, settings }) => [variant, settings])).toEqual([
      ['baseline', 0],
      ['baseline', 1],
      ['full', 0],
      ['full', 1],
    ])
  })

  it('takes runs that differ only in the seed together: mean and sample SD', () => {
    const comparison = compare([row(1, 'full', 'all', 0.4), row(2, 'full', 'all', 0.5), row(3, 'full', 'all', 0.6)])
    const [only, ...others] = comparisonMatrix(comparison, byId(run(1, 'full', 1), run(2, 'full', 2), run(3, 'full', 3)))
    expect(others).toEqual([])
    expect(only!.runs).toEqual([1, 2, 3])
    expect(only!.cells['all']!.pearson!.mean).toBeCloseTo(0.5, 12)
    expect(only!.cells['all']!.pearson!.sd).toBeCloseTo(0.1, 12)
  })

  it('keeps runs with other settings apart, and says how they differ', () => {
    const comparison = compare([row(1, 'full', 'all', 0.4), row(2, 'full', 'all', 0.5)])
    const rows = comparisonMatrix(comparison, byId(run(1, 'full', 1), run(2, 'full', 1, { ...recipes.default, epochs: 40 })))
    expect(rows.map(({ label }) => label)).toEqual(['full · default, 20 epochs, run 1', 'full · default, 40 epochs, run 2'])
  })

  it('does not take settings for other ones because they stand in another order', () => {
    const turned = Object.fromEntries(Object.entries(recipes.default).reverse()) as Recipe
    expect(
      comparisonMatrix(
        compare([row(1, 'full', 'all', 0.4), row(2, 'full', 'all', 0.5)]),
        byId(run(1, 'full', 1), run(2, 'full', 2, turned)),
      ),
    ).toHaveLength(1)
  })

  it('has no mean where one of the runs has no value', () => {
    const [only] = comparisonMatrix(
      compare([row(1, 'full', 'all', 0.4), row(2, 'full', 'all', null)]),
      byId(run(1, 'full', 1), run(2, 'full', 2)),
    )
    expect(only!.cells['all']!.pearson).toBeNull()
    expect(only!.cells['all']!.mse).toEqual({ mean: 0.5, sd: 0 })
  })
})

describe('bestRows', () => {
  const rows = comparisonMatrix(
    compare([
      row(1, 'baseline', 'all', 0.40001, 0.3),
      row(2, 'embedding', 'all', 0.40002, 0.4),
      row(3, 'full', 'all', 0.3, 0.2),
      row(4, 'attention', 'all', null, 0.9),
    ]),
    new Map(),
  )
  const labels = (keys: ReadonlySet<string>) => rows.filter(({ key }) => keys.has(key)).map(({ label }) => label)

  it('marks the highest correlation, and all that share it in the digits shown', () => {
    expect(labels(bestRows(rows, 'all', 'pearson', 4))).toEqual(['baseline', 'embedding'])
    expect(labels(bestRows(rows, 'all', 'pearson', 5))).toEqual(['embedding'])
  })

  it('marks the lowest error', () => {
    expect(labels(bestRows(rows, 'all', 'mse', 4))).toEqual(['full'])
  })

  it('marks nothing where there is nothing to compare', () => {
    expect(bestRows(rows.slice(0, 1), 'all', 'pearson', 4).size).toBe(0)
    expect(bestRows(rows, 'missing', 'pearson', 4).size).toBe(0)
  })
})
