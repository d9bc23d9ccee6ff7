import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { ResidualBin } from '../shared/domain/examination.ts'
import { countOf, formatCount, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import { chartFont, type Ink } from './ink.ts'
import { mark } from './marks.ts'

/** Residuals of a line in one cell type, by bins of some kind. */
export interface ResidualPanel {
  readonly title: string
  readonly bins: readonly ResidualBin[]
}

const LETTER = 6.6
const LONGEST = 38
const NARROWEST = 126
const ROW = 24
const HEAD = 44
const FOOT = 52
const COUNTS = 44
const GAP = 14
const LARGEST = 420

/** Panels beside one another as far as labels, boxes and counts have room, the others below. */
function layout(panels: readonly ResidualPanel[], width: number) {
  const most = Math.min(LONGEST, Math.floor((0.4 * width) / LETTER))
  const longest = Math.max(1, ...panels.flatMap(({ bins }) => bins.map(({ label }) => Math.min(most, label.length))))
  const left = Math.ceil(longest * LETTER) + 16
  const columns = Math.max(1, Math.min(3, panels.length, Math.floor(width / (left + NARROWEST + COUNTS + GAP))))
  const plot = Math.min(LARGEST, width / columns - left - COUNTS - GAP)
  const rows = Math.max(1, ...panels.map(({ bins }) => bins.length))
  const height = HEAD + rows * ROW + FOOT
  const place = (index: number) => ({
    left: left + (index % columns) * (left + plot + COUNTS + GAP),
    top: Math.floor(index / columns) * height,
    height: (panels[index]?.bins.length ?? 1) * ROW,
  })
  return { plot, place, most, total: height * Math.max(1, Math.ceil(panels.length / columns)) }
}

export function residualBoxesHeight(panels: readonly ResidualPanel[], width: number): number {
  return layout(panels, width).total
}

/**
 * How far predictions are off, a box a bin and a panel a cell type: the box from the 25th to the 75th percentile with the
 * median as a line and the mean as a dot, the whisker from the 5th to the 95th, and the number of elements beside it. All
 * panels share their axis; the line at zero is where a prediction is right.
 *
 * @param unit of the residuals, as `log2 units`
 */
export function residualBoxesOption(panels: readonly ResidualPanel[], unit: string, ink: Ink, width: number): EChartsOption {
  const { plot, place, most } = layout(panels, width)
  const { colour } = mark(0, ink)
  const ends = endsOf(panels)
  const shorten = (label: string) => (label.length > most ? `${label.slice(0, most - 1)}…` : label)
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: panels.flatMap(({ title }, index) => [
      {
        text: title,
        left: place(index).left + plot / 2,
        top: place(index).top + 8,
        textAlign: 'center' as const,
        textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 as const },
      },
      {
        text: 'n',
        padding: 0,
        left: place(index).left + plot + COUNTS - 4,
        top: place(index).top + 24,
        textAlign: 'right' as const,
        textStyle: { color: ink.muted, fontSize: 12, fontWeight: 400 as const },
      },
    ]),
    grid: panels.map((_, index) => ({
      left: place(index).left,
      top: place(index).top + HEAD,
      width: plot,
      height: place(index).height,
    })),
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: (params) => binInWords(panels, params) },
    xAxis: panels.map((_, index) =>
      xAxis(ink, `Predicted − measured (${unit})`, {
        type: 'value',
        gridIndex: index,
        ...ends,
        splitNumber: 4,
        splitLine: { show: true, lineStyle: { color: ink.line } },
        axisLabel: { ...numberLabels(ink), hideOverlap: true },
      }),
    ),
    yAxis: panels.map(({ bins }, index) =>
      yAxis(ink, '', {
        type: 'category',
        gridIndex: index,
        inverse: true,
        data: bins.map(({ label }) => label),
        splitLine: { show: false },
        axisLabel: { color: ink.text, fontSize: 12, fontFamily: chartFont, interval: 0, formatter: shorten },
      }),
    ),
    series: panels.map(({ bins }, index) => ({
      type: 'custom' as const,
      name: String(index),
      xAxisIndex: index,
      yAxisIndex: index,
      encode: { x: [1, 2, 3, 4, 5, 6], y: 0 },
      data: bins.map(({ percentiles, mean, n }, bin) => [bin, ...(percentiles ?? [NaN, NaN, NaN, NaN, NaN]), mean ?? NaN, n]),
      renderItem: (params: { coordSys: unknown }, api: CustomSeriesRenderItemAPI) =>
        box(api, params.coordSys as { x: number; width: number }, colour, ink),
      markLine: {
        silent: true,
        symbol: 'none',
        label: { show: false },
        lineStyle: { color: ink.muted, type: 'dashed' as const, width: 1 },
        data: [{ xAxis: 0 }],
      },
    })),
  }
}

/** What holds all whiskers, zero among them. */
function endsOf(panels: readonly ResidualPanel[]): { readonly min: number; readonly max: number } {
  const all = panels.flatMap(({ bins }) =>
    bins.flatMap(({ percentiles, mean }) => [...(percentiles ?? []), ...(mean === null ? [] : [mean])]),
  )
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)]
  const room = 0.05 * (high - low || 1)
  return { min: Number((low - room).toPrecision(3)), max: Number((high + room).toPrecision(3)) }
}

function box(
  api: CustomSeriesRenderItemAPI,
  { x, width }: { readonly x: number; readonly width: number },
  colour: string,
  ink: Ink,
): CustomSeriesRenderItemReturn {
  const values = [0, 1, 2, 3, 4, 5, 6, 7].map((dimension) => Number(api.value(dimension)))
  const [bin, p5, p25, p50, p75, p95, mean, n] = values as [number, number, number, number, number, number, number, number]
  const at = (value: number) => api.coord([value, bin]) as [number, number]
  const y = at(0)[1]
  const half = 7
  const count = {
    type: 'text' as const,
    x: x + width + COUNTS - 4,
    y,
    style: { text: formatCount(n), fill: ink.muted, font: `12px ${chartFont}`, align: 'right' as const, verticalAlign: 'middle' as const },
  }
  if (Number.isNaN(p50)) return { type: 'group', children: [count] }
  const line = (x1: number, y1: number, x2: number, y2: number, lineWidth: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke: colour, lineWidth },
  })
  return {
    type: 'group',
    children: [
      line(at(p5)[0], y, at(p25)[0], y, 1.25),
      line(at(p75)[0], y, at(p95)[0], y, 1.25),
      line(at(p5)[0], y - 4, at(p5)[0], y + 4, 1.25),
      line(at(p95)[0], y - 4, at(p95)[0], y + 4, 1.25),
      {
        type: 'rect',
        shape: { x: at(p25)[0], y: y - half, width: at(p75)[0] - at(p25)[0], height: 2 * half },
        style: { fill: colour, opacity: 0.28 },
      },
      {
        type: 'rect',
        shape: { x: at(p25)[0], y: y - half, width: at(p75)[0] - at(p25)[0], height: 2 * half },
        style: { fill: 'transparent', stroke: colour, lineWidth: 1.25 },
      },
      line(at(p50)[0], y - half, at(p50)[0], y + half, 2.5),
      ...(Number.isNaN(mean)
        ? []
        : [
            {
              type: 'circle' as const,
              shape: { cx: at(mean)[0], cy: y, r: 3 },
              style: { fill: ink.surface, stroke: ink.text, lineWidth: 1.5 },
            },
          ]),
      count,
    ],
  }
}

function binInWords(panels: readonly ResidualPanel[], params: unknown): string {
  const { seriesName, dataIndex } = params as { seriesName: string; dataIndex: number }
  const bin = panels[Number(seriesName)]?.bins[dataIndex]
  if (!bin) return ''
  const head = `${bin.label}: ${countOf(bin.n, 'element')}`
  if (!bin.percentiles) return head
  const [p5, p25, p50, p75, p95] = bin.percentiles.map((value) => formatDecimal(value, 2)) as [string, string, string, string, string]
  return `${head}\nmedian ${p50}, mean ${formatDecimal(bin.mean, 2)}\nhalf between ${p25} and ${p75}\n90 % between ${p5} and ${p95}`
}

/** The boxes as a table. */
export function residualBoxesTable(panels: readonly ResidualPanel[]): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['cell_type', 'bin', 'elements', 'mean_residual', 'p5', 'p25', 'median', 'p75', 'p95'],
    rows: panels.flatMap(({ title, bins }) =>
      bins.map(({ label, n, mean, percentiles }) => [title, label, n, mean, ...(percentiles ?? [null, null, null, null, null])]),
    ),
  }
}
