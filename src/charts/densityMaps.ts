import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { Density } from '../shared/domain/explore.ts'
import { countOf, formatCount, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import { densityColour } from './densityColours.ts'
import type { Ink } from './ink.ts'
import { panelGrid, panelsHeight, TITLE } from './panels.ts'

/** A density with what its axes are called. */
export interface DensityPanel {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly density: Pick<Density, 'n' | 'r' | 'bins' | 'counts'>
}

const SHAPE = { narrowest: 190, most: 3, height: 'square' } as const
const KEY = { height: 62, width: 200, steps: 40, bar: 10 }

/** How high the drawing of so many panels is in so many pixels of width, the colour key below them included. */
export function densityMapsHeight(panels: number, width: number): number {
  return panelsHeight(panels, panelGrid(panels, width, SHAPE)) + KEY.height
}

/**
 * Pairs of values as densities, a panel a pair: the darker a square (on a dark ground the lighter), the more elements lie in
 * it, on a logarithmic scale that all panels share. The dashed line is where both are equal.
 */
export function densityMapsOption(panels: readonly DensityPanel[], ink: Ink, width: number): EChartsOption {
  const grid = panelGrid(panels.length, width, SHAPE)
  const most = Math.max(1, ...panels.map(({ density }) => density.counts.reduce((high, count) => Math.max(high, count), 0)))
  const keyTop = panelsHeight(panels.length, grid) + 6
  const key = panels.length
  const ends = panels.map(({ density: { bins } }) => ({ min: bins.from, max: round(bins.from + bins.width * bins.count) }))
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: panels.map(({ title, density: { n, r } }, index) => ({
      text: title,
      subtext: `r = ${formatDecimal(r)}, n = ${formatCount(n)}`,
      itemGap: 7,
      left: grid.place(index).left + grid.plotWidth / 2,
      top: grid.place(index).top,
      textAlign: 'center',
      textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 },
      subtextStyle: { color: ink.muted, fontSize: 12 },
    })),
    grid: [
      ...panels.map((_, index) => ({
        left: grid.place(index).left,
        top: grid.place(index).top + TITLE,
        width: grid.plotWidth,
        height: grid.plotHeight,
      })),
      { left: grid.place(0).left, top: keyTop, width: KEY.width, height: KEY.bar },
    ],
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: (params) => squareInWords(panels, params) },
    xAxis: [
      ...panels.map(({ x }, index) => xAxis(ink, x, { ...valueAxis(ink, index, ends[index]!) })),
      xAxis(ink, 'Elements in a square (log scale)', { type: 'log', gridIndex: key, min: 1, max: Math.max(2, most), nameGap: 24 }),
    ],
    yAxis: [
      ...panels.map(({ y }, index) =>
        yAxis(ink, y, { ...valueAxis(ink, index, ends[index]!), nameGap: 34, axisTick: { show: true, lineStyle: { color: ink.muted } } }),
      ),
      { type: 'value', gridIndex: key, show: false, min: 0, max: 1 },
    ],
    series: [
      ...panels.flatMap(({ density: { bins, counts } }, index) => [
        {
          type: 'custom' as const,
          name: String(index),
          xAxisIndex: index,
          yAxisIndex: index,
          encode: { x: 0, y: 1 },
          clip: true,
          data: filledSquares(counts, bins.count).map(([column, row, count]) => [
            round(bins.from + column * bins.width),
            round(bins.from + row * bins.width),
            count,
          ]),
          renderItem: (_params: unknown, api: CustomSeriesRenderItemAPI) => square(api, bins.width, most, ink),
        },
        {
          type: 'line' as const,
          xAxisIndex: index,
          yAxisIndex: index,
          silent: true,
          symbol: 'none',
          tooltip: { show: false },
          lineStyle: { color: ink.muted, width: 1, type: 'dashed' as const },
          data: [
            [ends[index]!.min, ends[index]!.min],
            [ends[index]!.max, ends[index]!.max],
          ],
        },
      ]),
      {
        type: 'custom',
        xAxisIndex: key,
        yAxisIndex: key,
        silent: true,
        tooltip: { show: false },
        encode: { x: 0, y: 2 },
        data: Array.from({ length: KEY.steps }, (_, step) => [
          Math.max(2, most) ** (step / KEY.steps),
          Math.max(2, most) ** ((step + 1) / KEY.steps),
          0,
        ]),
        renderItem: (_params: unknown, api: CustomSeriesRenderItemAPI) => keyStep(api, most, ink),
      },
    ],
  }
}

function valueAxis(ink: Ink, gridIndex: number, ends: { readonly min: number; readonly max: number }) {
  return {
    type: 'value',
    gridIndex,
    ...ends,
    splitNumber: 4,
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: ink.muted } },
    axisLabel: numberLabels(ink),
  } as const
}

/** Column, row and count of each square that holds anything. */
function filledSquares(counts: Int32Array, size: number): [number, number, number][] {
  const filled: [number, number, number][] = []
  for (let i = 0; i < counts.length; i++) if (counts[i]! > 0) filled.push([i % size, Math.floor(i / size), counts[i]!])
  return filled
}

function square(api: CustomSeriesRenderItemAPI, binWidth: number, most: number, ink: Ink): CustomSeriesRenderItemReturn {
  const [x, y, count] = [api.value(0), api.value(1), api.value(2)] as [number, number, number]
  const [left, bottom] = api.coord([x, y]) as [number, number]
  const [right, top] = api.coord([x + binWidth, y + binWidth]) as [number, number]
  return {
    type: 'rect',
    // A hair wider, so that no ground shows between neighbours.
    shape: { x: left, y: top, width: right - left + 0.4, height: bottom - top + 0.4 },
    style: { fill: densityColour(count, most, ink) },
  }
}

function keyStep(api: CustomSeriesRenderItemAPI, most: number, ink: Ink): CustomSeriesRenderItemReturn {
  const [from, to] = [api.value(0), api.value(1)] as [number, number]
  const [left, bottom] = api.coord([from, 0]) as [number, number]
  const [right, top] = api.coord([to, 1]) as [number, number]
  return {
    type: 'rect',
    shape: { x: left, y: top, width: right - left + 0.4, height: bottom - top },
    style: { fill: densityColour(Math.sqrt(from * to), Math.max(2, most), ink) },
  }
}

function squareInWords(panels: readonly DensityPanel[], params: unknown): string {
  const { seriesName, data } = params as { seriesName: string; data: [number, number, number] }
  const panel = panels[Number(seriesName)]
  if (!panel) return ''
  const { bins } = panel.density
  const range = (from: number) => `${formatDecimal(from, 2)} to ${formatDecimal(from + bins.width, 2)}`
  return `${panel.x}: ${range(data[0])}\n${panel.y}: ${range(data[1])}\n${countOf(data[2], 'element')}`
}

/** The squares that hold anything, as a table. */
export function densityMapsTable(panels: readonly DensityPanel[], unit = 'log2'): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['x', 'y', `x_from_${unit}`, `x_to_${unit}`, `y_from_${unit}`, `y_to_${unit}`, 'elements'],
    rows: panels.flatMap(({ x, y, density: { bins, counts } }) =>
      filledSquares(counts, bins.count).map(([column, row, count]) => {
        const edge = (bin: number) => round(bins.from + bin * bins.width)
        return [x, y, edge(column), edge(column + 1), edge(row), edge(row + 1), count]
      }),
    ),
  }
}

function round(value: number): number {
  return Number(value.toPrecision(12))
}
