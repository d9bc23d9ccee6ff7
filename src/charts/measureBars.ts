import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import { ALL_CELL_TYPES, type MeasureName } from '../shared/domain/measures.ts'
import type { Target } from '../shared/domain/recipe.ts'
import { variants } from '../shared/domain/variants.ts'
import { measureAxis } from '../shared/text/measures.ts'
import { formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import { categoryLabels } from './categoryLabels.ts'
import type { MatrixRow } from './comparisonMatrix.ts'
import type { Ink } from './ink.ts'
import { legendLayout } from './legendLayout.ts'
import { fill, mark } from './marks.ts'

export interface MeasureBars {
  readonly measure: MeasureName
  /** What the models predict: it has the unit of the errors. */
  readonly target: Target
  readonly cellTypes: readonly string[]
  readonly rows: readonly MatrixRow[]
  /** The noise ceiling of Pearson r by cell type, where known. */
  readonly ceilings: Readonly<Record<string, number | null>>
}

const PLOT = 244
const SIDES = { left: 62, right: 12 }
const ITEM_GAP = 12
const CEILING = 'Noise ceiling'

/** Where everything stands in a drawing of so many pixels: the legend above, as high as its lines, and the labels below. */
function layout({ measure, cellTypes, rows, ceilings }: MeasureBars, width: number) {
  const ceiling = measure === 'pearson' && cellTypes.some((name) => typeof ceilings[name] === 'number')
  const legend = legendLayout([...rows.map(({ label }) => label), ...(ceiling ? [CEILING] : [])], width, ITEM_GAP)
  const labels = categoryLabels(cellTypes.map(cellTypeLabel), (width - SIDES.left - SIDES.right) / Math.max(1, cellTypes.length))
  return { ceiling, legend, labels, top: legend.height + 18 }
}

/** How high the drawing is at this width, in pixels. */
export function measureBarsHeight(bars: MeasureBars, width: number): number {
  const { top, labels } = layout(bars, width)
  return top + PLOT + labels.height
}

/**
 * Bars of one measure: a group a cell type, a bar a variant, and the noise ceiling as a line over its group. Colour and
 * pattern are the variant's; bars of one variant differ in how they are filled, which is the same for the same settings.
 */
export function measureBarsOption(bars: MeasureBars, ink: Ink, width: number): EChartsOption {
  const { measure, target, cellTypes, rows, ceilings } = bars
  const { ceiling, legend, labels, top } = layout(bars, width)
  return {
    ...chartBase(ink),
    legend: { ...chartBase(ink).legend, itemGap: ITEM_GAP, itemHeight: 12, formatter: legend.text },
    grid: { ...SIDES, top, height: PLOT },
    tooltip: {
      ...chartBase(ink).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value) => formatDecimal(value as number | null),
    },
    xAxis: xAxis(ink, '', {
      type: 'category',
      data: cellTypes.map(cellTypeLabel),
      axisTick: { show: false },
      axisLabel: { color: ink.text, fontSize: 13, lineHeight: 17, interval: 0, rotate: labels.rotate, formatter: labels.text },
    }),
    yAxis: yAxis(ink, measureAxis(measure, target), { type: 'value' }),
    series: [
      ...rows.map((row) => {
        const { decal, ...filled } = fill(mark(variants.indexOf(row.variant), ink), row.settings)
        return {
          type: 'bar' as const,
          name: row.label,
          barMaxWidth: 34,
          barGap: '12%',
          data: cellTypes.map((name) => row.cells[name]?.[measure]?.mean ?? '-'),
          itemStyle: { ...filled, ...(decal && { decal: decal as never }) },
          emphasis: { disabled: true },
        }
      }),
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

/** A line over the whole group of a cell type, at its ceiling. */
function ceilingLine(api: CustomSeriesRenderItemAPI, ink: Ink): CustomSeriesRenderItemReturn {
  const value = api.value(1)
  if (typeof value !== 'number' || Number.isNaN(value)) return null
  const [x, y] = api.coord([api.value(0), value]) as [number, number]
  const half = 0.42 * (api.size!([1, 0]) as [number, number])[0]
  return { type: 'line', shape: { x1: x - half, y1: y, x2: x + half, y2: y }, style: { stroke: ink.text, lineWidth: 2 } }
}

/** The bars as a table. */
export function measureBarsTable({ measure, cellTypes, rows }: Omit<MeasureBars, 'target'>): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['model', 'cell_type', `${measure}_mean`, `${measure}_sd`, 'runs'],
    rows: rows.flatMap((row) =>
      cellTypes.map((name): TsvCell[] => {
        const cell = row.cells[name]?.[measure]
        return [row.label, name, cell?.mean ?? null, cell?.sd ?? null, row.runs.length]
      }),
    ),
  }
}

export function cellTypeLabel(name: string): string {
  return name === ALL_CELL_TYPES ? 'All cell types' : name
}
