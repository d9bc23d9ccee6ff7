import type { CustomSeriesOption, CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, EChartsOption, LineSeriesOption } from 'echarts'
import type { Locus, Peak } from '../shared/domain/locus.ts'
import { formatCount, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import { chartFont, type Ink } from './ink.ts'
import { featureLanes, FEATURE_LANE, featureSeries, letterSeries, LETTERS_ROOM, lettersFit } from './locusMarks.ts'
import { mark, type Mark } from './marks.ts'

/** What is in sight of a sequence: bases from 0, the end not among them. */
export interface LocusStretch {
  readonly from: number
  readonly to: number
}

/** An axis of scores whose ends and ticks are round. */
export interface ScoreRange {
  readonly low: number
  readonly high: number
  readonly step: number
}

/** The axis that holds all scores from one to another, in two to five steps. */
export function roundRange(lowest: number, highest: number): ScoreRange {
  const span = highest - lowest || 1
  const power = 10 ** Math.floor(Math.log10(span / 2))
  const step = [1, 2, 5, 10].map((size) => size * power).find((size) => span / size <= 3.5)!
  const round = (value: number) => Number(value.toPrecision(12))
  return { low: round(Math.floor(lowest / step) * step), high: round(Math.ceil(highest / step) * step), step: round(step) }
}

export interface LocusDrawing {
  /** What is loaded: the view, and perhaps some on either side of it. */
  readonly locus: Locus
  readonly view: LocusStretch
  /** Keys of the columns that have a track. */
  readonly shown: readonly string[]
  /** Ends of the axis of scores, the same for all tracks and however far it is zoomed in. */
  readonly range: ScoreRange
  readonly called: { readonly column: string; readonly threshold: number; readonly peaks: readonly Pick<Peak, 'start' | 'end'>[] } | null
  /** Unit of the scores, as `log2 RNA/DNA`. */
  readonly unit: string
}

/** Pixels between the chart's sides and its tracks. */
export const LOCUS_SIDES = { left: 62, right: 18 } as const
const TRACK = 92
const GC_TRACK = 46
const TITLE = 30
const AXIS = 46
const LETTERS = 24

export function locusHeight(drawing: LocusDrawing, width: number): number {
  const lanes = featureLanes(drawing, plotWidth(width)).count
  const letters = lettersFit(drawing, plotWidth(width)) ? LETTERS : 0
  return drawing.shown.length * (TRACK + TITLE) + (GC_TRACK + TITLE) + (lanes ? lanes * FEATURE_LANE + TITLE : 0) + letters + AXIS
}

const plotWidth = (width: number) => width - LOCUS_SIDES.left - LOCUS_SIDES.right

interface Lane {
  readonly title: string
  readonly height: number
  readonly axis: object
  readonly series: (LineSeriesOption | CustomSeriesOption)[]
}

/**
 * Tracks below one another on one axis of bases: for each cell type the lowest to the highest window of each bin as a band and
 * their mean as a line, peaks as bars above the track they were called in, the share of G and C, annotations, and the letters
 * where there is room to read them.
 */
export function locusOption(drawing: LocusDrawing, ink: Ink, width: number): EChartsOption {
  const { locus, view, shown, range, called } = drawing
  const lanes: Lane[] = shown.map((key) => {
    const index = locus.tracks.findIndex(({ column }) => column === key)
    const look = mark(index, ink)
    const own = called?.column === key ? called : null
    return {
      title: own ? `${key}, peaks as bars on top, threshold dashed` : key,
      height: TRACK,
      axis: {
        min: range.low,
        max: range.high,
        interval: range.step,
        axisLabel: { ...numberLabels(ink), showMinLabel: true, showMaxLabel: true },
      },
      series: [...trackSeries(drawing, index, look, ink, width), ...(own ? [peakSeries(own, look)] : [])],
    }
  })
  const gc = smoothedGc(locus)
  lanes.push({
    title: 'GC (%)',
    height: GC_TRACK,
    axis: { min: 0, max: 100, splitNumber: 2, axisLabel: { ...numberLabels(ink), showMinLabel: true, showMaxLabel: true } },
    series: [line(points(locus, gc, 100), { colour: ink.muted, weight: 1.5 })],
  })
  const features = featureLanes(drawing, plotWidth(width))
  if (features.count > 0)
    lanes.push({
      title: 'Annotations',
      height: features.count * FEATURE_LANE,
      axis: { show: false, min: 0, max: 1 },
      series: [featureSeries(features, view, ink)],
    })
  if (lettersFit(drawing, plotWidth(width)))
    lanes.push({
      title: '',
      height: LETTERS - LETTERS_ROOM,
      axis: { show: false, min: 0, max: 1 },
      series: [letterSeries(locus, view, ink)],
    })

  let top = 0
  const places = lanes.map(({ title, height }) => {
    const place = { title: top, top: top + (title ? TITLE : LETTERS_ROOM), height }
    top = place.top + height
    return place
  })
  const last = lanes.length - 1
  return {
    ...chartBase(ink),
    legend: { show: false },
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: ink.muted } },
    title: lanes.map(({ title }, i) => ({
      text: title,
      left: LOCUS_SIDES.left,
      top: places[i]!.title + 10,
      padding: 0,
      textStyle: { color: ink.text, fontSize: 12, fontWeight: 600, fontFamily: chartFont },
    })),
    grid: places.map(({ top: from, height }) => ({ ...LOCUS_SIDES, top: from, height })),
    tooltip: { ...chartBase(ink).tooltip, trigger: 'axis', formatter: (params) => placeInWords(drawing, gc, params) },
    xAxis: lanes.map((_, i) =>
      xAxis(ink, i === last ? `Position in ${locus.name} (bases)` : '', {
        type: 'value',
        gridIndex: i,
        min: view.from,
        max: view.to,
        axisLabel: { ...numberLabels(ink), show: i === last, hideOverlap: true, formatter: (value: number) => formatCount(value) },
        axisTick: { show: i === last, lineStyle: { color: ink.muted } },
        axisLine: { show: true, onZero: false, lineStyle: { color: i === last ? ink.muted : ink.line } },
      }),
    ),
    yAxis: lanes.map(({ axis }, i) => yAxis(ink, '', { type: 'value', gridIndex: i, ...axis })),
    series: lanes.flatMap(({ series }, i) => series.map((one) => ({ ...one, xAxisIndex: i, yAxisIndex: i }))),
  }
}

type Point = readonly [at: number, value: number]

/** Middle of a bin in bases, as exact as the stretch: what is sent is rounded to 24 bits. */
function middleOf({ from, to, at }: Locus, bin: number): number {
  return from + ((bin + 0.5) * (to - from)) / at.length
}

function points(locus: Locus, values: Float32Array, scale = 1): Point[] {
  const found: Point[] = []
  for (let bin = 0; bin < values.length; bin++) if (!Number.isNaN(values[bin])) found.push([middleOf(locus, bin), values[bin]! * scale])
  return found
}

function line(data: readonly Point[], { colour, weight }: { colour: string; weight: number }): LineSeriesOption {
  return {
    type: 'line',
    data: data.map((point) => [...point]),
    symbol: 'none',
    clip: true,
    emphasis: { disabled: true },
    lineStyle: { color: colour, width: weight },
    itemStyle: { color: colour },
  }
}

/** Pixels between windows from which each is a mark of its own. */
const APART = 7

function trackSeries(
  { locus, view }: LocusDrawing,
  index: number,
  look: Mark,
  ink: Ink,
  width: number,
): (LineSeriesOption | CustomSeriesOption)[] {
  const { low, mean, high } = locus.tracks[index]!
  const apart = (locus.stride * plotWidth(width)) / (view.to - view.from)
  const [lowest, highest] = [points(locus, low), points(locus, high)]
  const own = line(points(locus, mean), { colour: look.colour, weight: 1.75 })
  return [
    {
      type: 'custom',
      silent: true,
      clip: true,
      data: [[locus.from, 0]],
      tooltip: { show: false },
      renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => ({
        type: 'polygon',
        shape: { points: [...highest.map((point) => api.coord([...point])), ...lowest.map((point) => api.coord([...point])).reverse()] },
        style: { fill: look.colour, opacity: ink.dark ? 0.34 : 0.26 },
      }),
    },
    { ...own, ...(apart >= APART && { symbol: look.symbol, symbolSize: 5, showAllSymbol: true }) },
  ]
}

/** Bars along the top of the track, and the score from which windows are active as a dashed line. */
function peakSeries({ peaks, threshold }: NonNullable<LocusDrawing['called']>, look: Mark): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    clip: true,
    tooltip: { show: false },
    data: peaks.map(({ start, end }) => [start, end]),
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: look.colour, type: 'dashed', width: 1.25 },
      data: [{ yAxis: threshold }],
    },
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const [left] = api.coord([api.value(0), threshold]) as [number, number]
      const [right] = api.coord([api.value(1), threshold]) as [number, number]
      const { y } = params.coordSys as unknown as { y: number }
      return { type: 'rect', shape: { x: left, y, width: Math.max(2, right - left), height: 6, r: 1 }, style: { fill: look.colour } }
    },
  }
}

/** Bases over which G and C are averaged, so that a single letter is not 0 or 100 %. */
const GC_OVER = 50

/** The share of G and C around each bin, over {@link GC_OVER} bases or the bin itself where that is more. */
export function smoothedGc({ from, to, gc }: Pick<Locus, 'from' | 'to' | 'gc'>): Float32Array {
  const around = Math.floor((GC_OVER * gc.length) / (to - from) / 2)
  if (around === 0) return gc
  const [sums, counts] = [new Float64Array(gc.length + 1), new Int32Array(gc.length + 1)]
  for (let bin = 0; bin < gc.length; bin++) {
    const known = !Number.isNaN(gc[bin])
    sums[bin + 1] = sums[bin]! + (known ? gc[bin]! : 0)
    counts[bin + 1] = counts[bin]! + (known ? 1 : 0)
  }
  return gc.map((_, bin) => {
    const [first, end] = [Math.max(0, bin - around), Math.min(gc.length, bin + around + 1)]
    const count = counts[end]! - counts[first]!
    return count === 0 ? Number.NaN : (sums[end]! - sums[first]!) / count
  })
}

/** The bin nearest to a base that has a window in it. */
export function binNearest({ from, to, tracks }: Pick<Locus, 'from' | 'to' | 'tracks'>, base: number): number | null {
  const mean = tracks[0]?.mean
  if (!mean) return null
  const middle = Math.min(mean.length - 1, Math.max(0, Math.floor(((base - from) * mean.length) / (to - from))))
  for (let away = 0; away < mean.length; away++) {
    for (const bin of [middle - away, middle + away]) if (mean[bin] !== undefined && !Number.isNaN(mean[bin])) return bin
  }
  return null
}

function placeInWords({ locus, shown }: LocusDrawing, gc: Float32Array, params: unknown): string {
  const base = Number((Array.isArray(params) ? (params as { axisValue?: number }[])[0] : (params as { axisValue?: number }))?.axisValue)
  const bin = Number.isNaN(base) ? null : binNearest(locus, base)
  if (bin === null) return ''
  const scores = locus.tracks
    .filter(({ column }) => shown.includes(column))
    .map(({ column, low, mean, high }) => {
      const range = low[bin] === high[bin] ? '' : ` (${formatDecimal(low[bin], 2)} to ${formatDecimal(high[bin], 2)})`
      return `${column}: ${formatDecimal(mean[bin])}${range}`
    })
  const share = gc[bin]
  return [
    `Around base ${formatCount(Math.floor(middleOf(locus, bin)) + 1)}`,
    ...scores,
    `GC: ${formatDecimal(share === undefined ? null : share * 100, 0)} %`,
  ].join('\n')
}

/** The tracks as a table: a line a bin that holds a window. */
export function locusTable({ locus, view }: Pick<LocusDrawing, 'locus' | 'view'>): { header: string[]; rows: TsvCell[][] } {
  const { tracks, gc } = locus
  const rows: TsvCell[][] = []
  for (let bin = 0; bin < gc.length; bin++) {
    const at = middleOf(locus, bin)
    if (at < view.from || at >= view.to || tracks.every(({ mean }) => Number.isNaN(mean[bin]))) continue
    rows.push([
      at,
      ...tracks.flatMap(({ low, mean, high }) => [low[bin]!, mean[bin]!, high[bin]!]),
      Number.isNaN(gc[bin]) ? null : gc[bin]!,
    ])
  }
  return {
    header: ['middle_0_based', ...tracks.flatMap(({ column }) => [`${column}_lowest`, `${column}_mean`, `${column}_highest`]), 'gc'],
    rows,
  }
}
