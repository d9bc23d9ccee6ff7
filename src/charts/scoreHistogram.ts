import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { ScoreHistogram } from '../shared/domain/locus.ts'
import { countOf, formatCount, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { legendLayout } from './legendLayout.ts'
import { mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'

const LEGEND_GAP = 18
const NAMES = { training: 'Measured in the training part', shuffled: 'Shuffled sequences' } as const

/** A histogram of scores with what is drawn of it called. */
export interface ScoreDistribution {
  readonly histogram: ScoreHistogram
  /** What was scored, as `sequences`, or `windows and sequences`. */
  readonly what: string
  /** Unit of the scores, as `log2 RNA/DNA`. */
  readonly unit: string
}

/**
 * Scores as bars; behind them, as outlines of dashes of their own, the training part's measured activities and the scores of
 * shuffled sequences. As their numbers differ, each is drawn as a share of its own.
 */
export function scoreHistogramOption({ histogram, what, unit }: ScoreDistribution, ink: Ink, width: number): EChartsOption {
  const { from, width: binWidth, scores, training, shuffled } = histogram
  const bars = { name: `Scored ${what}`, shares: sharesOf(scores), look: mark(0, ink) }
  const outlines = [
    ...(training ? [{ name: NAMES.training, shares: sharesOf(training), look: mark(1, ink) }] : []),
    ...(shuffled ? [{ name: NAMES.shuffled, shares: sharesOf(shuffled), look: { ...mark(2, ink), colour: ink.text } }] : []),
  ]
  const highest = Math.max(1, ...[bars, ...outlines].flatMap(({ shares }) => shares))
  const edge = (bin: number) => round(from + bin * binWidth)
  const legend = legendLayout([bars.name, ...outlines.map(({ name }) => name)], width, LEGEND_GAP)
  return {
    ...chartBase(ink),
    legend: { ...chartBase(ink).legend, formatter: legend.text },
    grid: { left: 62, right: 20, top: legend.height + 10, bottom: 46 },
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: (params) => binInWords(histogram, what, params) },
    xAxis: xAxis(ink, `Score (${unit})`, { type: 'value', min: edge(0), max: edge(scores.length), axisLabel: numberLabels(ink) }),
    yAxis: yAxis(ink, 'Share of each (%)', { type: 'value', min: 0, max: niceCeiling(highest) }),
    series: [
      {
        type: 'custom',
        name: bars.name,
        encode: { x: [0, 1], y: 2 },
        itemStyle: { color: bars.look.colour },
        data: bars.shares.map((share, bin) => [edge(bin), edge(bin + 1), share, bin]),
        renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => bar(api, bars.look.colour, ink),
      },
      ...outlines.map(({ name, shares, look: { colour, dash } }) => ({
        type: 'line' as const,
        name,
        silent: true,
        symbol: 'none',
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: 2, type: dash },
        data: shares.flatMap((share, bin) => [
          [edge(bin), share],
          [edge(bin + 1), share],
        ]),
      })),
    ],
  }
}

function bar(api: CustomSeriesRenderItemAPI, colour: string, ink: Ink): CustomSeriesRenderItemReturn {
  const [from, to, share] = [0, 1, 2].map((dimension) => Number(api.value(dimension))) as [number, number, number]
  const [left, top] = api.coord([from, share]) as [number, number]
  const [right, bottom] = api.coord([to, 0]) as [number, number]
  return {
    type: 'rect',
    shape: { x: left, y: top, width: right - left, height: bottom - top },
    style: { fill: colour, opacity: 0.6, stroke: ink.surface, lineWidth: 0.75 },
  }
}

function binInWords({ scores, training, shuffled }: ScoreHistogram, what: string, params: unknown): string {
  const [from, to, , bin] = (params as { data: [number, number, number, number] }).data
  return [
    `${formatDecimal(from, 2)} to ${formatDecimal(to, 2)}`,
    `${formatCount(scores[bin]!)} scored ${what}`,
    training && `${countOf(training[bin]!, 'activity', 'activities')} of the training part`,
    shuffled && countOf(shuffled[bin]!, 'shuffled sequence'),
  ]
    .filter(Boolean)
    .join('\n')
}

/** What the histogram says, in a sentence: the middle of each, as exactly as its bins tell. */
export function scoreHistogramSentence({ histogram, what }: Pick<ScoreDistribution, 'histogram' | 'what'>): string {
  const { column, scores, training, shuffled } = histogram
  const total = sumOf(scores)
  if (total === 0) return `Nothing was scored in ${column}.`
  const middle = (counts: readonly number[]) => formatDecimal(medianOf(histogram, counts), 2)
  const beside = [
    training && `${middle(training)} for the activities measured in the training part`,
    shuffled && `${middle(shuffled)} for shuffled sequences`,
  ].filter(Boolean)
  return `The median score of ${formatCount(total)} ${what} in ${column} is about ${middle(scores)}${beside.length > 0 ? `, against ${beside.join(' and ')}` : ''}.`
}

/** The median that a histogram tells, where values are spread evenly over each bin. */
export function medianOf({ from, width }: Pick<ScoreHistogram, 'from' | 'width'>, counts: readonly number[]): number | null {
  const half = sumOf(counts) / 2
  if (half === 0) return null
  let below = 0
  for (const [bin, count] of counts.entries()) {
    if (below + count >= half) return from + (bin + (half - below) / count) * width
    below += count
  }
  return null
}

/** The histogram as a table: a line a bin. */
export function scoreHistogramTable({ column, from, width, scores, training, shuffled }: ScoreHistogram): {
  header: string[]
  rows: TsvCell[][]
} {
  return {
    header: ['column', 'from', 'to', 'scored', 'training', 'shuffled'],
    rows: scores.map((count, bin) => [
      column,
      round(from + bin * width),
      round(from + (bin + 1) * width),
      count,
      training?.[bin] ?? null,
      shuffled?.[bin] ?? null,
    ]),
  }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function sharesOf(counts: readonly number[]): number[] {
  const total = sumOf(counts)
  return counts.map((count) => (total === 0 ? 0 : (100 * count) / total))
}

function round(value: number): number {
  return Number(value.toPrecision(12))
}
