import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { Histogram } from '../shared/domain/dataset.ts'
import { countOf } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'
import { panelGrid, panelsHeight, TITLE } from './panels.ts'

/** A histogram with what its axis is called, unit and all, and how a value is written. */
export interface HistogramPanel {
  readonly title: string
  readonly axis: string
  readonly histogram: Histogram
  readonly format: (value: number) => string
}

const SHAPE = { narrowest: 200, most: 3, height: 150 } as const

export function histogramsHeight(panels: number, width: number): number {
  return panelsHeight(panels, panelGrid(panels, width, SHAPE))
}

/** Histograms side by side, each over an axis of its own. */
export function histogramsOption(panels: readonly HistogramPanel[], ink: Ink, width: number): EChartsOption {
  const grid = panelGrid(panels.length, width, SHAPE)
  const { colour } = mark(0, ink)
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: panels.map(({ title }, index) => ({
      text: title,
      left: grid.place(index).left + grid.plotWidth / 2,
      top: grid.place(index).top + 16,
      textAlign: 'center',
      textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 },
    })),
    grid: panels.map((_, index) => ({
      left: grid.place(index).left,
      top: grid.place(index).top + TITLE,
      width: grid.plotWidth,
      height: grid.plotHeight,
    })),
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: (params) => binInWords(panels, params) },
    xAxis: panels.map(({ axis, histogram, format }, index) =>
      xAxis(ink, axis, {
        type: 'value',
        gridIndex: index,
        min: histogram.edges[0]!,
        max: histogram.edges.at(-1)!,
        splitNumber: 4,
        minInterval: 1,
        axisLabel: { ...numberLabels(ink), showMinLabel: histogram.edges[0] === 0, hideOverlap: true, formatter: format },
      }),
    ),
    yAxis: panels.map(({ histogram }, index) =>
      yAxis(ink, grid.place(index).column === 0 ? 'Elements' : '', {
        type: 'value',
        gridIndex: index,
        min: 0,
        max: niceCeiling(Math.max(1, ...histogram.counts)),
        splitNumber: 4,
      }),
    ),
    series: panels.map(({ histogram: { edges, counts } }, index) => ({
      type: 'custom',
      name: String(index),
      xAxisIndex: index,
      yAxisIndex: index,
      encode: { x: [0, 1], y: 2 },
      data: counts.map((count, bin) => [edges[bin]!, edges[bin + 1]!, count]),
      renderItem: (_params: unknown, api: CustomSeriesRenderItemAPI) => binRectangle(api, colour, ink),
    })),
  }
}

function binRectangle(api: CustomSeriesRenderItemAPI, colour: string, ink: Ink): CustomSeriesRenderItemReturn {
  const [from, to, count] = [api.value(0), api.value(1), api.value(2)] as [number, number, number]
  const [left, top] = api.coord([from, count]) as [number, number]
  const [right, bottom] = api.coord([to, 0]) as [number, number]
  return {
    type: 'rect',
    shape: { x: left, y: top, width: right - left, height: bottom - top },
    style: { fill: colour, opacity: 0.75, stroke: ink.surface, lineWidth: 0.75 },
  }
}

function binInWords(panels: readonly HistogramPanel[], params: unknown): string {
  const { seriesName, data } = params as { seriesName: string; data: [number, number, number] }
  const panel = panels[Number(seriesName)]
  return panel ? `${panel.title}\n${panel.format(data[0])} to ${panel.format(data[1])}: ${countOf(data[2], 'element')}` : ''
}

/** The histograms as a table: a line a bin. */
export function histogramsTable(panels: readonly HistogramPanel[]): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['of', 'from', 'to', 'elements'],
    rows: panels.flatMap(({ title, histogram: { edges, counts } }) =>
      counts.map((count, bin) => [title, edges[bin] ?? null, edges[bin + 1] ?? null, count]),
    ),
  }
}
