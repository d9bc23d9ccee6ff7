import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { Examination } from '../shared/domain/examination.ts'
import { countOf, formatCount, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { mark } from './marks.ts'
import { panelGrid, panelsHeight, TITLE } from './panels.ts'

/** The calibration of a line in one cell type. */
export interface CalibrationPanel {
  readonly title: string
  readonly points: Examination['cellTypes'][number]['calibration']
}

const SHAPE = { narrowest: 190, most: 3, height: 'square' } as const

export function calibrationHeight(panels: number, width: number): number {
  return panelsHeight(panels, panelGrid(panels, width, SHAPE))
}

/**
 * Measured against predicted activity in bins of equal count by prediction, a panel a cell type: the mean of both, with the
 * standard error of the measured mean. On the dashed line predictions are right on average.
 *
 * @param unit of the activities, as `log2 RNA/DNA`
 */
export function calibrationOption(panels: readonly CalibrationPanel[], unit: string, ink: Ink, width: number): EChartsOption {
  const grid = panelGrid(panels.length, width, SHAPE)
  const { colour } = mark(0, ink)
  const ends = panels.map(endsOf)
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: panels.map(({ title, points }, index) => ({
      text: title,
      subtext: `n = ${formatCount(points.reduce((sum, { n }) => sum + n, 0))}`,
      itemGap: 7,
      left: grid.place(index).left + grid.plotWidth / 2,
      top: grid.place(index).top,
      textAlign: 'center',
      textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 },
      subtextStyle: { color: ink.muted, fontSize: 12 },
    })),
    grid: panels.map((_, index) => ({
      left: grid.place(index).left,
      top: grid.place(index).top + TITLE,
      width: grid.plotWidth,
      height: grid.plotHeight,
    })),
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: (params) => pointInWords(panels, params) },
    xAxis: panels.map((_, index) => xAxis(ink, `Predicted (${unit})`, axis(ink, index, ends[index]!))),
    yAxis: panels.map((_, index) => yAxis(ink, `Measured (${unit})`, { ...axis(ink, index, ends[index]!), nameGap: 34 })),
    series: panels.flatMap(({ points }, index) => {
      const { min, max } = ends[index]!
      const place = { xAxisIndex: index, yAxisIndex: index }
      return [
        {
          type: 'line' as const,
          ...place,
          silent: true,
          symbol: 'none',
          tooltip: { show: false },
          lineStyle: { color: ink.muted, width: 1, type: 'dashed' as const },
          data: [
            [min, min],
            [max, max],
          ],
        },
        {
          type: 'custom' as const,
          ...place,
          silent: true,
          encode: { x: 0, y: [1, 2] },
          data: points.map(({ predicted, measured, standardError }) => [
            predicted,
            measured - (standardError ?? 0),
            measured + (standardError ?? 0),
          ]),
          renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => errorBar(api, colour),
        },
        {
          type: 'line' as const,
          ...place,
          name: String(index),
          symbol: 'circle',
          symbolSize: 7,
          itemStyle: { color: colour },
          lineStyle: { color: colour, width: 1.5 },
          emphasis: { disabled: true },
          data: points.map(({ predicted, measured }) => [predicted, measured]),
        },
      ]
    }),
  }
}

function axis(ink: Ink, gridIndex: number, ends: { readonly min: number; readonly max: number }) {
  return {
    type: 'value',
    gridIndex,
    ...ends,
    splitNumber: 4,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: ink.muted } },
    axisTick: { show: true, lineStyle: { color: ink.muted } },
    axisLabel: numberLabels(ink),
  } as const
}

/** The same for both axes, so that the diagonal is where the two agree, with some room around. */
function endsOf({ points }: CalibrationPanel): { readonly min: number; readonly max: number } {
  const all = points.flatMap(({ predicted, measured, standardError }) => [
    predicted,
    measured - (standardError ?? 0),
    measured + (standardError ?? 0),
  ])
  if (all.length === 0) return { min: -1, max: 1 }
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const room = 0.08 * (high - low || 1)
  return { min: Number((low - room).toPrecision(3)), max: Number((high + room).toPrecision(3)) }
}

function errorBar(api: CustomSeriesRenderItemAPI, colour: string): CustomSeriesRenderItemReturn {
  const [x, from, to] = [0, 1, 2].map((dimension) => Number(api.value(dimension))) as [number, number, number]
  const [left, bottom] = api.coord([x, from]) as [number, number]
  const [, top] = api.coord([x, to]) as [number, number]
  return { type: 'line', shape: { x1: left, y1: bottom, x2: left, y2: top }, style: { stroke: colour, lineWidth: 1.5 } }
}

function pointInWords(panels: readonly CalibrationPanel[], params: unknown): string {
  const { seriesName, dataIndex } = params as { seriesName: string; dataIndex: number }
  const point = panels[Number(seriesName)]?.points[dataIndex]
  if (!point) return ''
  const error = point.standardError === null ? '' : ` ± ${formatDecimal(point.standardError)}`
  return `Predicted ${formatDecimal(point.predicted)}\nMeasured ${formatDecimal(point.measured)}${error}\n${countOf(point.n, 'element')}`
}

/** The points as a table. */
export function calibrationTable(panels: readonly CalibrationPanel[]): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['cell_type', 'bin', 'elements', 'mean_predicted', 'mean_measured', 'standard_error'],
    rows: panels.flatMap(({ title, points }) =>
      points.map(({ n, predicted, measured, standardError }, bin) => [title, bin + 1, n, predicted, measured, standardError]),
    ),
  }
}
