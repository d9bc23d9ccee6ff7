import { describe, expect, it } from 'vitest'
import { ceilingsOf, comparisonMatrix, matrixColumns } from '../../../src/charts/comparisonMatrix.ts'
import { darkInk, lightInk } from '../../../src/charts/ink.ts'
import { measureBarsHeight, measureBarsOption, measureBarsTable, type MeasureBars } from '../../../src/charts/measureBars.ts'
import { certaintyOf, comparisonOf, measured } from './comparedLines.ts'
import { renderSvg } from './renderSvg.ts'

const comparison = comparisonOf(
  [
    measured('baseline', 1, 'HepG2', 0.4),
    measured('baseline', 1, 'K562', null),
    measured('baseline', 1, 'all', 0.45),
    measured('full', 2, 'HepG2', 0.6),
    measured('full', 2, 'K562', 0.5),
    measured('full', 2, 'all', 0.55),
  ],
  ['HepG2', 'K562'],
  [0.9, null],
)
const bars = (more: Partial<MeasureBars> = {}): MeasureBars => ({
  measure: 'pearson',
  target: 'log2',
  cellTypes: matrixColumns(comparison),
  rows: comparisonMatrix(comparison),
  ceilings: ceilingsOf(comparison),
  ...more,
})
interface Drawn {
  series: { type: string; name: string; data: unknown[]; itemStyle: { color: string; borderColor: string; decal?: unknown } }[]
  legend: { data: (string | { name: string })[] }
  grid: { top: number; height: number }
  xAxis: { data: string[]; axisLabel: { interval: number; rotate: number; formatter: (label: string) => string } }
  yAxis: { name: string }
}
const drawn = (option: unknown) => option as Drawn
const legendOf = (option: unknown) => drawn(option).legend.data.map((entry) => (typeof entry === 'string' ? entry : entry.name))

describe('the bars of a measure', () => {
  it('are a group a cell type and a bar a line, with nothing where a measure is not defined', () => {
    const option = drawn(measureBarsOption(bars(), lightInk, 900))
    expect(option.xAxis.data).toEqual(['HepG2', 'K562', 'All cell types'])
    expect(option.series.slice(0, 2).map(({ name, data }) => [name, data])).toEqual([
      ['baseline', [0.4, '-', 0.45]],
      ['full', [0.6, 0.5, 0.55]],
    ])
  })

  it('carry their numbers as text, before and after the intervals are known', () => {
    for (const certainty of [null, certaintyOf(comparison)]) {
      const svg = renderSvg(measureBarsOption(bars({ certainty }), lightInk, 900), 900, measureBarsHeight(bars({ certainty }), 900))
      for (const number of ['0.400', '0.450', '0.600', '0.500', '0.550']) expect(svg).toContain(`>${number}</text>`)
      expect(svg).toContain('>Noise ceiling</text>')
    }
  })

  it('have whiskers as long as the intervals', () => {
    const option = drawn(measureBarsOption(bars({ certainty: certaintyOf(comparison) }), lightInk, 900))
    const [baseline, full] = option.series.filter(({ name }) => name === '95 % interval')
    expect(full!.data[0]).toEqual([0, 0.6, 0.6 - 0.05, 0.6 + 0.05])
    expect(baseline!.data[1]).toEqual([1, NaN, NaN, NaN])
    expect(legendOf(option)).toContain('95 % interval')
    expect(legendOf(measureBarsOption(bars(), lightInk, 900))).not.toContain('95 % interval')
  })

  it('have the noise ceiling over Pearson alone, where it is known', () => {
    const ceiling = drawn(measureBarsOption(bars(), lightInk, 900)).series.at(-1)!
    expect([ceiling.name, ceiling.data]).toEqual([
      'Noise ceiling',
      [
        [0, 0.9],
        [1, NaN],
        [2, NaN],
      ],
    ])
    expect(legendOf(measureBarsOption(bars({ measure: 'rmse' }), lightInk, 900))).toEqual(['baseline', 'full'])
    expect(legendOf(measureBarsOption(bars({ ceilings: {} }), lightInk, 900))).toEqual(['baseline', 'full'])
  })

  it('name the target’s unit on the axis', () => {
    const axis = (measure: MeasureBars['measure'], target: MeasureBars['target']) =>
      drawn(measureBarsOption(bars({ measure, target }), lightInk, 900)).yAxis.name
    expect(axis('rmse', 'log2')).toBe('RMSE (log2 units)')
    expect(axis('mse', 'log2')).toBe('MSE (log2 units squared)')
    expect(axis('mae', 'specificity')).toBe('MAE (specificity)')
    expect(axis('mse', 'specificity')).toBe('MSE (specificity squared)')
    expect(axis('pearson', 'specificity')).toBe('Pearson r')
  })

  it('differ by pattern as well as colour, in both themes', () => {
    for (const ink of [lightInk, darkInk]) {
      const [first, second] = drawn(measureBarsOption(bars(), ink, 900)).series
      expect(first!.itemStyle.color).not.toBe(second!.itemStyle.color)
      expect(first!.itemStyle.decal).not.toEqual(second!.itemStyle.decal)
    }
  })

  describe('of two recipes', () => {
    const [baseline, full] = comparisonMatrix(comparison)
    const rows = [baseline!, full!].flatMap((row) =>
      [0, 1].map((settings) => ({
        ...row,
        key: `${row.key} ${settings}`,
        settings,
        label: `${row.label} · recipe ${settings}, 20 epochs`,
      })),
    )
    const both = (ink = lightInk, width = 900) => drawn(measureBarsOption(bars({ rows }), ink, width))

    it('keep a variant’s colour and tell the recipes apart by how the bars are filled', () => {
      for (const ink of [lightInk, darkInk]) {
        const looks = both(ink)
          .series.slice(0, 4)
          .map(({ itemStyle }) => itemStyle)
        expect(looks[0]!.borderColor).toBe(looks[1]!.borderColor)
        expect(looks[2]!.borderColor).toBe(looks[3]!.borderColor)
        expect(looks[0]!.borderColor).not.toBe(looks[2]!.borderColor)
        expect(new Set(looks.map(({ color }) => color)).size).toBe(4)
      }
    })

    it('leave the legend its lines above the plot, and more of them where it is narrow', () => {
      const [wide, narrow] = [both(lightInk, 900), both(lightInk, 330)]
      expect(narrow.grid.top).toBeGreaterThan(wide.grid.top)
      // Five entries, one a line.
      expect(narrow.grid.top).toBeGreaterThanOrEqual(5 * 16 + 4 * 12)
      for (const [width, { grid }] of [
        [900, wide],
        [330, narrow],
      ] as const)
        expect(measureBarsHeight(bars({ rows }), width)).toBeGreaterThan(grid.top + grid.height)
    })
  })

  it('draw a variant in its own colour, whichever others there are', () => {
    const rows = comparisonMatrix(comparison)
    const alone = drawn(measureBarsOption(bars({ rows: rows.slice(1) }), lightInk, 900)).series[0]!
    const among = drawn(measureBarsOption(bars(), lightInk, 900)).series[1]!
    expect(alone.name).toBe('full')
    expect(alone.itemStyle.borderColor).toBe(among.itemStyle.borderColor)
  })

  it('name every cell type, broken or turned where there is little room', () => {
    const label = (width: number, cellTypes = bars().cellTypes) =>
      drawn(measureBarsOption(bars({ cellTypes }), lightInk, width)).xAxis.axisLabel
    for (const width of [300, 900]) expect(label(width).interval).toBe(0)
    expect(label(900).formatter('All cell types')).toBe('All cell types')
    expect(label(330).formatter('All cell types')).toBe('All cell\ntypes')
    expect(label(330).rotate).toBe(0)
    expect(
      label(
        330,
        Array.from({ length: 8 }, (_, index) => `CellType${index}`),
      ).rotate,
    ).toBeGreaterThan(0)
  })

  it('come as a table, with what is known of each number', () => {
    const { header, rows } = measureBarsTable(bars({ certainty: certaintyOf(comparison, ['full HepG2']) }))
    expect(header).toEqual([
      'model',
      'cell_type',
      'rows',
      'pearson_mean',
      'pearson_sd',
      'seeds',
      'ci95_low',
      'ci95_high',
      'best',
      'noise_ceiling',
    ])
    expect(rows.slice(0, 2)).toEqual([
      ['baseline', 'HepG2', 100, 0.4, null, 1, 0.4 - 0.05, 0.4 + 0.05, 'no', 0.9],
      ['baseline', 'K562', 100, null, null, 1, null, null, 'no', null],
    ])
    expect(rows[3]!.slice(0, 2).concat(rows[3]!.slice(8))).toEqual(['full', 'HepG2', 'yes', 0.9])
    expect(measureBarsTable(bars()).rows[0]).toEqual(['baseline', 'HepG2', 100, 0.4, null, 1, null, null, null, 0.9])
  })
})
