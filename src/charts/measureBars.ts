import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { Certainty } from '../shared/domain/comparison.ts'
import { ALL_CELL_TYPES, type MeasureName } from '../shared/domain/measures.ts'
import type { Target } from '../shared/domain/recipe.ts'
import { measureAxis } from '../shared/text/measures.ts'
import { formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import { categoryLabels } from './categoryLabels.ts'
import { certainCells, type MatrixRow } from './comparisonMatrix.ts'
import { chartFont, type Ink } from './ink.ts'
import { legendLayout } from './legendLayout.ts'
import { lineLook } from './lineLook.ts'

export interface MeasureBars {
  readonly measure: MeasureName
  /** What the models predict: it has the unit of the errors. */
  readonly target: Target
  readonly cellTypes: readonly string[]
  readonly rows: readonly MatrixRow[]
  /** The noise ceiling of Pearson r by cell type, where known. */
  readonly ceilings: Readonly<Record<string, number | null>>
  /** Of the same measure; null while it is not known yet. */
  readonly certainty?: Certainty | null
}

const PLOT = 260
const SIDES = { left: 62, right: 12 }
const ITEM_GAP = 12
const CEILING = 'Noise ceiling'
const INTERVAL = '95 % interval'
const BARS = { barMaxWidth: 38, barGap: '14%', barCategoryGap: '22%' } as const
/** Height of a number over a bar, and what it needs of width to stand upright, px. */
const NUMBER = { size: 11, width: 33 } as const

/** Where everything stands in a drawing of so many pixels: the legend above, as high as its lines, and the labels below. */
function layout({ measure, cellTypes, rows, ceilings, certainty }: MeasureBars, width: number) {
  const ceiling = measure === 'pearson' && cellTypes.some((name) => typeof ceilings[name] === 'number')
  const interval = certainty?.cells.some(({ low, high }) => low !== null && high !== null) ?? false
  const names = [...rows.map(({ label }) => label), ...(interval ? [INTERVAL] : []), ...(ceiling ? [CEILING] : [])]
  const legend = legendLayout(names, width, ITEM_GAP)
  const band = (width - SIDES.left - SIDES.right) / Math.max(1, cellTypes.length)
  const labels = categoryLabels(cellTypes.map(cellTypeLabel), band)
  const bar = Math.min(BARS.barMaxWidth, (band * 0.78) / (rows.length * 1.14))
  const upright = bar * 1.14 < NUMBER.width
  return { ceiling, interval, legend, labels, upright, legible: bar * 1.14 >= NUMBER.size + 1, top: legend.height + (upright ? 44 : 26) }
}

/** How high the drawing is at this width, in pixels. */
export function measureBarsHeight(bars: MeasureBars, width: number): number {
  const { top, labels } = layout(bars, width)
  return top + PLOT + labels.height
}

/**
 * Bars of one measure: a group a cell type, a bar a line of the comparison with its number and its 95 % interval, and the
 * noise ceiling as a line over its group. Colour and pattern are the variant's; bars of one variant differ in how they are
 * filled.
 */
export function measureBarsOption(bars: MeasureBars, ink: Ink, width: number): EChartsOption {
  const { measure, target, cellTypes, rows, ceilings, certainty = null } = bars
  const { ceiling, interval, legend, labels, upright, legible, top } = layout(bars, width)
  const sure = certainCells(certainty)
  const named = [...rows.map(({ label }) => label), ...(interval ? [INTERVAL] : []), ...(ceiling ? [CEILING] : [])]
  return {
    ...chartBase(ink),
    legend: {
      ...chartBase(ink).legend,
      itemGap: ITEM_GAP,
      itemHeight: 12,
      formatter: legend.text,
      data: named.map((name) =>
        name === INTERVAL || name === CEILING ? { name, icon: name === CEILING ? LINE_ICON : WHISKER_ICON } : name,
      ),
    },
    grid: { ...SIDES, top, height: PLOT },
    tooltip: {
      ...chartBase(ink).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params) => groupInWords(bars, (params as unknown as [{ dataIndex: number }])[0].dataIndex),
    },
    xAxis: xAxis(ink, '', {
      type: 'category',
      data: cellTypes.map(cellTypeLabel),
      axisTick: { show: false },
      axisLabel: { color: ink.text, fontSize: 13, lineHeight: 17, interval: 0, rotate: labels.rotate, formatter: labels.text },
    }),
    yAxis: yAxis(ink, measureAxis(measure, target), {
      type: 'value',
      axisLabel: { color: ink.muted, fontSize: 12, fontFamily: chartFont, formatter: (value: number) => String(value).replace('-', '−') },
    }),
    series: [
      ...rows.map((row) => {
        const { decal, ...filled } = lineLook(row, ink).fill
        return {
          type: 'bar' as const,
          name: row.label,
          ...BARS,
          data: cellTypes.map((name) => row.cells[name]?.[measure]?.mean ?? '-'),
          itemStyle: { ...filled, ...(decal && { decal: decal as never }) },
          emphasis: { disabled: true },
        }
      }),
      ...rows.map((row, place) => ({
        type: 'custom' as const,
        // One name for all, so that the legend takes the intervals away and brings them back together.
        name: INTERVAL,
        silent: true,
        data: cellTypes.map((name, index) => {
          const mean = row.cells[name]?.[measure]?.mean ?? NaN
          const cell = sure(row.key, name)
          return [index, mean, cell?.low ?? NaN, cell?.high ?? NaN]
        }),
        dimensions: ['cell type', 'mean', 'low', 'high'],
        encode: { x: 0, y: [1, 2, 3] },
        itemStyle: { color: ink.text },
        renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => whisker(api, place, rows.length, { ink, upright, legible }),
        z: 6,
      })),
      ...(ceiling
        ? [
            {
              type: 'custom' as const,
              name: CEILING,
              data: cellTypes.map((name, index) => [index, ceilings[name] ?? NaN]),
              encode: { x: 0, y: 1 },
              itemStyle: { color: ink.text },
              renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => ceilingLine(api, ink),
              z: 5,
            },
          ]
        : []),
    ],
  }
}

const LINE_ICON = 'path://M0,5 L30,5 L30,7 L0,7 Z'
const WHISKER_ICON = 'path://M11,0 L19,0 L19,1.4 L15.7,1.4 L15.7,10.6 L19,10.6 L19,12 L11,12 L11,10.6 L14.3,10.6 L14.3,1.4 L11,1.4 Z'

/** The interval of a bar and, beyond both, its number. */
function whisker(
  api: CustomSeriesRenderItemAPI,
  place: number,
  count: number,
  { ink, upright, legible }: { readonly ink: Ink; readonly upright: boolean; readonly legible: boolean },
): CustomSeriesRenderItemReturn {
  const [index, mean, low, high] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension))) as [number, number, number, number]
  if (Number.isNaN(mean)) return null
  const bar = api.barLayout({ ...BARS, count })![place]!
  const at = (value: number) => api.coord([index, value]) as [number, number]
  const x = at(mean)[0] + bar.offsetCenter
  const known = !Number.isNaN(low) && !Number.isNaN(high)
  const [bottom, top] = known ? [at(low)[1], at(high)[1]] : [at(mean)[1], at(mean)[1]]
  const cap = Math.min(5, bar.width / 4)
  const stroke = { stroke: ink.text, lineWidth: 1.25 }
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line' as const, shape: { x1, y1, x2, y2 }, style: stroke })
  const up = mean >= 0
  const y = up ? Math.min(top, at(mean)[1]) - 4 : Math.max(bottom, at(mean)[1]) + 4
  const text = {
    type: 'text' as const,
    x,
    y,
    ...(upright && { rotation: Math.PI / 2 }),
    style: {
      text: formatDecimal(mean),
      fill: ink.text,
      font: `${NUMBER.size}px ${chartFont}`,
      // A halo in the colour of the ground, where the number meets the ceiling.
      stroke: ink.surface,
      lineWidth: 3,
      align: upright ? (up ? ('left' as const) : ('right' as const)) : ('center' as const),
      verticalAlign: upright ? ('middle' as const) : up ? ('bottom' as const) : ('top' as const),
    },
  }
  return {
    type: 'group',
    children: [
      ...(known ? [line(x, top, x, bottom), line(x - cap, top, x + cap, top), line(x - cap, bottom, x + cap, bottom)] : []),
      ...(legible ? [text] : []),
    ],
  }
}

/** A line over the whole group of a cell type, at its ceiling. */
function ceilingLine(api: CustomSeriesRenderItemAPI, ink: Ink): CustomSeriesRenderItemReturn {
  const value = api.value(1)
  if (typeof value !== 'number' || Number.isNaN(value)) return null
  const [x, y] = api.coord([api.value(0), value]) as [number, number]
  const half = 0.42 * (api.size!([1, 0]) as [number, number])[0]
  return { type: 'line', shape: { x1: x - half, y1: y, x2: x + half, y2: y }, style: { stroke: ink.text, lineWidth: 2 } }
}

/** A group of bars in words: a line each, with the interval where it is known. */
function groupInWords({ measure, cellTypes, rows, ceilings, certainty }: MeasureBars, index: number): string {
  const name = cellTypes[index]
  if (name === undefined) return ''
  const sure = certainCells(certainty ?? null)
  const ceiling = measure === 'pearson' ? ceilings[name] : null
  return [
    cellTypeLabel(name),
    ...rows.map((row) => {
      const cell = sure(row.key, name)
      const interval = cell && cell.low !== null && cell.high !== null ? ` (${formatDecimal(cell.low)} to ${formatDecimal(cell.high)})` : ''
      return `${row.label}: ${formatDecimal(row.cells[name]?.[measure]?.mean)}${interval}`
    }),
    ...(typeof ceiling === 'number' ? [`${CEILING}: ${formatDecimal(ceiling)}`] : []),
  ].join('\n')
}

/** The bars as a table, every digit: what they are drawn from, their intervals and ceilings. */
export function measureBarsTable({ measure, cellTypes, rows, ceilings, certainty = null }: Omit<MeasureBars, 'target'>): {
  header: string[]
  rows: TsvCell[][]
} {
  const sure = certainCells(certainty)
  return {
    header: ['model', 'cell_type', 'rows', `${measure}_mean`, `${measure}_sd`, 'seeds', 'ci95_low', 'ci95_high', 'best', 'noise_ceiling'],
    rows: rows.flatMap((row) =>
      cellTypes.map((name): TsvCell[] => {
        const cell = row.cells[name]?.[measure]
        const certain = sure(row.key, name)
        return [
          row.label,
          name,
          row.n[name] ?? null,
          cell?.mean ?? null,
          cell?.sd ?? null,
          row.members,
          certain?.low ?? null,
          certain?.high ?? null,
          certain ? (certain.best ? 'yes' : 'no') : null,
          measure === 'pearson' ? (ceilings[name] ?? null) : null,
        ]
      }),
    ),
  }
}

export function cellTypeLabel(name: string): string {
  return name === ALL_CELL_TYPES ? 'All cell types' : name
}
