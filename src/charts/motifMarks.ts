import type {
  CustomSeriesOption,
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
  EChartsOption,
} from 'echarts'
import type { MotifHit } from '../shared/domain/locus.ts'
import { countOf, formatCount, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, numberLabels, xAxis } from './axes.ts'
import { chartFont, type Ink } from './ink.ts'
import { arrow } from './locusMarks.ts'
import { mark } from './marks.ts'
import { packLanes } from './packLanes.ts'

export interface MotifDrawing {
  readonly name: string
  /** Bases in the sequence, or of it that were looked through. */
  readonly length: number
  readonly hits: readonly MotifHit[]
  /** What the model read, where that is not the whole. */
  readonly scored: { readonly start: number; readonly end: number }
}

const SIDES = { left: 20, right: 20 } as const
const LANE = 25
const MOST_LANES = 12
const TITLE = 20
const AXIS = 46
const LETTER = 6.6
/** Matches that are drawn, the likeliest first: more could not be told apart. */
export const MOST_DRAWN = 150

interface Lanes {
  readonly strand: '+' | '-'
  readonly count: number
  readonly hits: readonly { readonly hit: MotifHit; readonly lane: number }[]
}

/** The matches that are drawn, by strand, in lanes in which neither they nor their names lie over one another. */
export function motifLanes({ hits, length }: MotifDrawing, width: number): readonly [Lanes, Lanes] {
  const scale = (width - SIDES.left - SIDES.right) / length
  const drawn = [...hits].sort((a, b) => a.p - b.p || b.score - a.score).slice(0, MOST_DRAWN)
  const of = (strand: '+' | '-'): Lanes => {
    const own = drawn.filter((hit) => hit.strand === strand)
    const lanes = packLanes(
      own.map(({ start, end, motif }) => ({ start: start * scale, end: Math.max(end * scale, start * scale + motif.length * LETTER) })),
      MOST_LANES,
      6,
    )
    const placed = own.flatMap((hit, i) => (lanes[i] === null ? [] : [{ hit, lane: lanes[i]! }]))
    return { strand, count: Math.max(1, ...placed.map(({ lane }) => lane + 1)), hits: placed }
  }
  return [of('+'), of('-')]
}

export function motifMarksHeight(drawing: MotifDrawing, width: number): number {
  return motifLanes(drawing, width).reduce((sum, { count }) => sum + TITLE + count * LANE, AXIS)
}

/** Motifs along the sequence: those of the strand as given above, of the other below; full where they match best, light where only just. */
export function motifMarksOption(drawing: MotifDrawing, ink: Ink, width: number): EChartsOption {
  const lanes = motifLanes(drawing, width)
  const titles = ['Strand as given →', 'Other strand ←']
  let top = 0
  const places = lanes.map(({ count }) => {
    const place = { title: top, top: top + TITLE, height: count * LANE }
    top = place.top + place.height
    return place
  })
  const scored = drawing.scored.start > 0 || drawing.scored.end < drawing.length ? drawing.scored : null
  return {
    ...chartBase(ink),
    legend: { show: false },
    title: titles.map((text, i) => ({
      text,
      left: SIDES.left,
      top: places[i]!.title + 10,
      padding: 0,
      textStyle: { color: ink.muted, fontSize: 12, fontWeight: 400, fontFamily: chartFont },
    })),
    grid: places.map(({ top: from, height }) => ({ ...SIDES, top: from, height })),
    tooltip: { ...chartBase(ink).tooltip, trigger: 'item', formatter: (params) => hitInWords(lanes, params) },
    xAxis: lanes.map((_, i) =>
      xAxis(ink, i === 1 ? `Position in ${drawing.name} (bases)` : '', {
        type: 'value',
        gridIndex: i,
        min: 0,
        max: drawing.length,
        axisLabel: { ...numberLabels(ink), show: i === 1, hideOverlap: true, formatter: (value: number) => formatCount(value) },
        axisTick: { show: i === 1, lineStyle: { color: ink.muted } },
        axisLine: { show: true, onZero: false, lineStyle: { color: i === 1 ? ink.muted : ink.line } },
      }),
    ),
    yAxis: lanes.map((_, i) => ({ type: 'value', gridIndex: i, show: false, min: 0, max: 1 })),
    series: lanes.flatMap(({ strand, hits }, i) => [
      ...(scored ? [scoredSeries(scored, i, ink)] : []),
      {
        type: 'custom' as const,
        name: String(i),
        xAxisIndex: i,
        yAxisIndex: i,
        encode: { x: [0, 1] },
        data: hits.map(({ hit }, at) => [hit.start, hit.end, at]),
        renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          hitMark(hits[Number(api.value(2))]!, strand, params, api, ink),
      },
    ]),
  }
}

/** What the model read, as a ground of its own. */
function scoredSeries({ start, end }: MotifDrawing['scored'], index: number, ink: Ink): CustomSeriesOption {
  return {
    type: 'custom',
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    tooltip: { show: false },
    data: [[start, end]],
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const [left, top] = api.coord([start, 1]) as [number, number]
      const [right, bottom] = api.coord([end, 0]) as [number, number]
      return {
        type: 'rect',
        shape: { x: left, y: top, width: right - left, height: bottom - top },
        style: { fill: ink.line, opacity: 0.45 },
      }
    },
  }
}

function hitMark(
  { hit, lane }: Lanes['hits'][number],
  strand: '+' | '-',
  params: CustomSeriesRenderItemParams,
  api: CustomSeriesRenderItemAPI,
  ink: Ink,
): CustomSeriesRenderItemReturn {
  const { y } = params.coordSys as unknown as { y: number }
  const [left] = api.coord([hit.start, 0]) as [number, number]
  const [right] = api.coord([hit.end, 0]) as [number, number]
  const top = y + lane * LANE + 1
  return {
    type: 'group',
    children: [
      {
        type: 'polygon',
        shape: { points: arrow(left, top, Math.max(3, right - left), 7, strand) },
        style: { fill: mark(strand === '+' ? 0 : 1, ink).colour, opacity: strengthOf(hit) },
      },
      {
        type: 'text',
        style: { text: hit.motif, x: left, y: top + 11, fill: ink.text, font: `11px ${chartFont}`, verticalAlign: 'top' },
      },
    ],
  }
}

/** From a match that only just passes (1 in 10,000) to one of 1 in 10 million. */
function strengthOf({ p }: MotifHit): number {
  return Math.min(1, 0.35 + 0.65 * Math.max(0, (-Math.log10(Math.max(p, 1e-12)) - 4) / 3))
}

function hitInWords(lanes: readonly Lanes[], params: unknown): string {
  const { seriesName, dataIndex } = params as { seriesName: string; dataIndex: number }
  const hit = lanes[Number(seriesName)]?.hits[dataIndex]?.hit
  return hit
    ? `${hit.motif} (${hit.id}), ${hit.family}\n${formatCount(hit.start + 1)} to ${formatCount(hit.end)}, strand ${hit.strand === '-' ? '−' : '+'}\n${formatDecimal(hit.score, 1)} bits, p = ${formatP(hit.p)}`
    : ''
}

/** A p-value as a person reads it: `0.00002` is `2.0e−5`. */
export function formatP(p: number): string {
  return p.toExponential(1).replace('-', '−')
}

/** What the marks say, in a sentence. */
export function motifSentence({ name, hits }: MotifDrawing): string {
  if (hits.length === 0) return `No motif of the library matches ${name}.`
  const best = hits.reduce((first, hit) => (hit.p < first.p || (hit.p === first.p && hit.score > first.score) ? hit : first))
  const drawn = hits.length > MOST_DRAWN ? ` The ${MOST_DRAWN} likeliest are drawn.` : ''
  return `${countOf(hits.length, 'match', 'matches')} of ${countOf(new Set(hits.map(({ id }) => id)).size, 'motif')} in ${name}; the likeliest is ${best.motif} (${best.family}) at ${formatCount(best.start + 1)}–${formatCount(best.end)}, p\u00a0=\u00a0${formatP(best.p)}.${drawn}`
}

/** The matches as a table. Coordinates as in BED. */
export function motifTable(sequence: string, hits: readonly MotifHit[]): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['sequence', 'start_0_based', 'end', 'strand', 'motif', 'id', 'family', 'score_bits', 'p_value'],
    rows: hits.map(({ start, end, strand, motif, id, family, score, p }) => [sequence, start, end, strand, motif, id, family, score, p]),
  }
}
