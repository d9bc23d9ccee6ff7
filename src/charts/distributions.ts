import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { DatasetCellType, Histogram } from '../shared/domain/dataset.ts'
import { countOf, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'

type CellType = Pick<DatasetCellType, 'name' | 'mean'>
export type Distributions = Readonly<Record<string, Histogram>>

const MOST_COLUMNS = 3
const NARROWEST = 250
const ROW_HEIGHT = 250
const LEFT = 62
const GAP = 22

/** Side by side as far as each has the room for its axis; below one another where the page is narrow. */
function columnsIn(width: number, cellTypes: number): number {
  return Math.max(1, Math.min(MOST_COLUMNS, cellTypes, Math.floor((width - LEFT) / NARROWEST)))
}

/** How high the drawing of so many cell types is in so many pixels of width. */
export function distributionsHeight(cellTypes: number, width: number): number {
  return ROW_HEIGHT * Math.max(1, Math.ceil(cellTypes / columnsIn(width, cellTypes)))
}

/** Histograms side by side, one a cell type, over the same range of activity, with the mean as a dashed line. */
export function distributionsOption(cellTypes: readonly CellType[], distributions: Distributions, ink: Ink, width: number): EChartsOption {
  const shown = cellTypes.filter(({ name }) => distributions[name]?.counts.length)
  const edges = shown.flatMap(({ name }) => distributions[name]!.edges)
  const highest = Math.max(1, ...shown.flatMap(({ name }) => distributions[name]!.counts))
  const { colour } = mark(0, ink)
  const columns = columnsIn(width, shown.length)
  const plot = (width - LEFT - GAP * columns) / columns
  const place = (index: number) => {
    const column = index % columns
    return { column, left: LEFT + column * (plot + GAP), top: ROW_HEIGHT * Math.floor(index / columns) }
  }
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: shown.map(({ name }, index) => ({
      text: name,
      left: place(index).left + plot / 2,
      top: place(index).top,
      textAlign: 'center',
      textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 },
    })),
    grid: shown.map((_, index) => ({
      left: place(index).left,
      width: plot,
      top: place(index).top + 28,
      height: ROW_HEIGHT - 74,
    })),
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: binInWords },
    xAxis: shown.map((_, index) =>
      xAxis(ink, 'Activity (log2 RNA/DNA)', {
        type: 'value',
        gridIndex: index,
        min: Math.floor(Math.min(...edges)),
        max: Math.ceil(Math.max(...edges)),
        axisLabel: numberLabels(ink),
      }),
    ),
    yAxis: shown.map((_, index) =>
      yAxis(ink, place(index).column === 0 ? 'Elements' : '', {
        type: 'value',
        gridIndex: index,
        min: 0,
        max: niceCeiling(highest),
        ...(place(index).column > 0 && { axisLabel: { show: false } }),
      }),
    ),
    series: shown.map(({ name, mean }, index) => {
      const { edges: bins, counts } = distributions[name]!
      return {
        type: 'custom',
        name,
        xAxisIndex: index,
        yAxisIndex: index,
        encode: { x: [0, 1], y: 2 },
        data: counts.map((count, bin) => [bins[bin]!, bins[bin + 1]!, count]),
        renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => binRectangle(api, colour, ink),
        ...(mean !== null && {
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: ink.text, type: 'dashed', width: 1.5 },
            data: [{ xAxis: mean }],
          },
        }),
      }
    }),
  }
}

/** A bin as what it is: from one edge to the next, and as high as its count. */
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

function binInWords(params: unknown): string {
  const { seriesName, data } = params as { seriesName: string; data: [number, number, number] }
  const [from, to, count] = data
  return `${seriesName}\n${formatDecimal(from, 2)} to ${formatDecimal(to, 2)}: ${countOf(count, 'element')}`
}

/** The histograms as a table: a line a bin. */
export function distributionsTable(cellTypes: readonly CellType[], distributions: Distributions): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['cell_type', 'from_log2', 'to_log2', 'elements'],
    rows: cellTypes.flatMap(({ name }) => {
      const histogram = distributions[name]
      return histogram
        ? histogram.counts.map((count, bin) => [name, histogram.edges[bin] ?? null, histogram.edges[bin + 1] ?? null, count])
        : []
    }),
  }
}
