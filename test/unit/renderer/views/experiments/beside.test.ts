import { describe, expect, it } from 'vitest'
import { lossBesideSentence, pearsonBesideSentence } from '../../../../../src/renderer/views/experiments/besideSentences.ts'
import { measuresBeside } from '../../../../../src/renderer/views/experiments/measuresBeside.ts'
import { recipes } from '../../../../../src/shared/domain/recipe.ts'
import type { Epoch } from '../../../../../src/shared/domain/run.ts'

const point = (epoch: number, validationLoss: number | null, validationPearson: number | null) =>
  ({ epoch, validationLoss, validationPearson, cellTypePearsons: [null, validationPearson && validationPearson / 2] }) as Epoch

describe('the sentences of two runs', () => {
  const runs = [
    { name: 'Run 1', curve: [point(1, 1.5, -0.1), point(2, 1.25, -0.2)], recipe: recipes.seed, cellTypes: ['HepG2', 'K562'] },
    { name: 'Mine', curve: [point(1, null, null)], recipe: recipes.seed, cellTypes: ['K562'] },
  ]
  it('tell where each is best', () => {
    expect(lossBesideSentence(runs)).toBe('Lowest validation loss: Run 1 1.250 at epoch 2 and Mine has none.')
    expect(pearsonBesideSentence(runs, null)).toBe('Highest validation Pearson r over all rows: Run 1 −0.100 at epoch 1 and Mine has none.')
    expect(pearsonBesideSentence(runs, 'K562')).toBe('Highest validation Pearson r in K562: Run 1 −0.050 at epoch 1 and Mine has none.')
  })
})

describe('measuresBeside', () => {
  const row = (cellType: string, pearson: number | null) => ({ cellType, n: 9, mse: 1, rmse: 1, mae: 1, pearson, spearman: null, r2: 0.5 })
  it('pairs the cell types that both have, and takes the difference where both are defined', () => {
    const rows = measuresBeside(
      [row('HepG2', 0.5), row('K562', null), row('all', 0.4)],
      [row('all', 0.1), row('HepG2', 0.75), row('K562', 0.2)],
    )
    expect(rows.map(({ cellType, difference }) => [cellType, difference('pearson'), difference('mse')])).toEqual([
      ['HepG2', -0.25, 0],
      ['K562', null, 0],
      ['all', 0.4 - 0.1, 0],
    ])
    expect(measuresBeside([row('HepG2', 1)], [row('WTC11', 1)])).toEqual([])
  })
})
