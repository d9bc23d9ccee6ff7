import { describe, expect, it } from 'vitest'
import { darkInk, lightInk } from '../../../../src/renderer/charts/ink.ts'
import { measureBarsOption, measureBarsTable, type MeasureBars } from '../../../../src/renderer/charts/measureBars.ts'
import { comparisonMatrix, matrixColumns } from '../../../../src/renderer/views/compare/comparisonMatrix.ts'
import type { Comparison } from '../../../../src/shared/domain/comparison.ts'

const measures = { n: 10, mse: 0.5, rmse: 0.7, mae: 0.6, spearman: 0.3, r2: 0.2 }
const comparison: Comparison = {
  dataset: 1,
  cellTypes: ['HepG2', 'K562'],
  testElements: 10,
  leftOut: [],
  rows: [
    { run: 1, variant: 'baseline', cellType: 'HepG2', ...measures, pearson: 0.4 },
    { run: 1, variant: 'baseline', cellType: 'K562', ...measures, pearson: null },
    { run: 1, variant: 'baseline', cellType: 'all', ...measures, pearson: 0.45 },
    { run: 2, variant: 'full', cellType: 'HepG2', ...measures, pearson: 0.6 },
    { run: 2, variant: 'full', cellType: 'K562', ...measures, pearson: 0.5 },
    { run: 2, variant: 'full', cellType: 'all', ...measures, pearson: 0.55 },
  ],
}
const bars = (
  measure: MeasureBars['measure'] = 'pearson',
  ceilings: MeasureBars['ceilings'] = { HepG2: 0.9, K562: null },
): MeasureBars => ({
  measure,
  cellTypes: matrixColumns(comparison),
  rows: comparisonMatrix(comparison, new Map()),
  ceilings,
})
interface Drawn {
  series: { type: string; name: string; data: unknown[]; itemStyle: { color: string; decal?: unknown } }[]
  xAxis: { data: string[] }
  yAxis: { name: string }
}
const drawn = (option: unknown) => option as Drawn

describe('the bars of a measure', () => {
  it('are a group a cell type and a bar a variant, with nothing where a measure is not defined', () => {
    const option = drawn(measureBarsOption(bars(), lightInk))
    expect(option.xAxis.data).toEqual(['HepG2', 'K562', 'All cell types'])
    expect(option.series.slice(0, 2).map(({ name, data }) => [name, data])).toEqual([
      ['baseline', [0.4, '-', 0.45]],
      ['full', [0.6, 0.5, 0.55]],
    ])
  })

  it('have the noise ceiling over Pearson alone, where it is known', () => {
    const ceiling = drawn(measureBarsOption(bars(), lightInk)).series.at(-1)!
    expect([ceiling.name, ceiling.data]).toEqual([
      'Noise ceiling',
      [
        [0, 0.9],
        [1, NaN],
        [2, NaN],
      ],
    ])
    expect(drawn(measureBarsOption(bars('rmse'), lightInk)).series.map(({ name }) => name)).toEqual(['baseline', 'full'])
    expect(drawn(measureBarsOption(bars('pearson', {}), lightInk)).series.map(({ name }) => name)).toEqual(['baseline', 'full'])
  })

  it('name the unit on the axis', () => {
    expect(drawn(measureBarsOption(bars('rmse'), lightInk)).yAxis.name).toBe('RMSE (log2 units)')
  })

  it('differ by pattern as well as colour, in both themes', () => {
    for (const ink of [lightInk, darkInk]) {
      const [first, second] = drawn(measureBarsOption(bars(), ink)).series
      expect(first!.itemStyle.color).not.toBe(second!.itemStyle.color)
      expect(first!.itemStyle.decal).not.toEqual(second!.itemStyle.decal)
    }
  })

  it('come as a table', () => {
    expect(measureBarsTable(bars()).rows.slice(0, 2)).toEqual([
      ['baseline', 'HepG2', 0.4, null, 1],
      ['baseline', 'K562', null, null, 1],
    ])
  })
})
