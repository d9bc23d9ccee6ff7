import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { DatasetCellType, Histogram } from '../../shared/domain/dataset.ts'
import { countOf, formatDecimal } from '../text/numbers.ts'
import type { TsvCell } from '../text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'

type CellType = Pick<DatasetCellType, 'name' | 'mean'>
export type Distributions = Readonly<Record<string, Histogram>>

const COLUMNS = 3
const ROW_HEIGHT = 250

/** How high the drawing of so many cell types is, in pixels. */
export function distributionsHeight(cellTypes: number): number {
  return ROW_HEIGHT * Math.max(1, Math.ceil(cellTypes / COLUMNS))
}

/** Histograms side by side, one a cell type, over the same range of activity, with the mean as a dashed line. */
export function distributionsOption(cellTypes: readonly CellType[], distributions: Distributions, ink: Ink): EChartsOption {
  const shown = cellTypes.filter(({ name }) => distributions[name]?.counts.length)
  const edges = shown.flatMap(({ name }) => distributions[name]!.edges)
  const highest = Math.max(1, ...shown.flatMap(({ name }) => distributions[name]!.counts))
  const { colour } = mark(0, ink)
  const width = 100 / Math.max(1, Math.min(COLUMNS, shown.length))
  const place = (index: number) => {
    const column = index % COLUMNS
    return {
      column,
      left: column * width + (column === 0 ? 7 : 2.5),
      width: width - (column === 0 ? 8 : 3.5),
      top: ROW_HEIGHT * Math.floor(index / COLUMNS),
    }
  }
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: shown.map(({ name }, index) => ({
      text: name,
      left: `${place(index).left + place(index).width / 2}%`,
      top: place(index).top,
      textAlign: 'center',
      textStyle: { color: ink.text, fontSize: 13, fontWeight: 600 },
    })),
    grid: shown.map((_, index) => ({
      left: `${place(index).left}%`,
      width: `${place(index).width}%`,
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
