import type { EChartsOption } from 'echarts'
import type { ComparedCurve } from '../shared/domain/comparison.ts'
import { countOf, formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import type { MatrixRow } from './comparisonMatrix.ts'
import type { Ink } from './ink.ts'
import { legendLayout } from './legendLayout.ts'
import { lineLook } from './lineLook.ts'

export interface ComparedCurves {
  /** The lines of the comparison, in its order. */
  readonly rows: readonly Pick<MatrixRow, 'key' | 'label' | 'variant' | 'settings'>[]
  readonly curves: readonly ComparedCurve[]
  /** What the loss is, as `Validation loss (MSE, log2 units squared)`. */
  readonly axis: string
}

const PLOT = 300
const ITEM_GAP = 16
/** Beyond so many curves the pointer tells the one that it is on, not all of them. */
const MOST_TOLD = 8

function layout({ rows, curves }: ComparedCurves, width: number) {
  const drawn = rows.filter(({ key }) =>
    curves.some(({ line, curve }) => line === key && curve.some(({ validationLoss }) => validationLoss !== null)),
  )
  const legend = legendLayout(
    drawn.map(({ label }) => label),
    width,
    ITEM_GAP,
  )
  return { drawn, legend, top: legend.height + 16 }
}

export function comparedCurvesHeight(data: ComparedCurves, width: number): number {
  return layout(data, width).top + PLOT + 48
}

/** Validation loss by epoch of every run: the runs of a line in one colour, the variant told by the dash too. */
export function comparedCurvesOption(data: ComparedCurves, ink: Ink, width: number): EChartsOption {
  const { drawn, legend, top } = layout(data, width)
  const last = Math.max(2, ...data.curves.map(({ curve }) => curve.at(-1)?.epoch ?? 1))
  const shown = drawn.flatMap((row) => data.curves.filter(({ line }) => line === row.key).map((curve) => ({ row, ...curve })))
  const tellAll = shown.length <= MOST_TOLD
  return {
    ...chartBase(ink),
    legend: { ...chartBase(ink).legend, itemGap: ITEM_GAP, formatter: legend.text, data: drawn.map(({ label }) => label) },
    grid: { left: 62, right: 16, top, height: PLOT },
    tooltip: {
      ...chartBase(ink).tooltip,
      trigger: tellAll ? 'axis' : 'item',
      formatter: (params) => pointInWords(shown, Array.isArray(params) ? params : [params]),
    },
    xAxis: xAxis(ink, 'Epoch', { type: 'value', min: 1, max: last, minInterval: 1 }),
    yAxis: yAxis(ink, data.axis, { type: 'value', scale: true }),
    series: shown.map(({ row, curve }) => {
      const { colour, dash } = lineLook(row, ink)
      return {
        type: 'line' as const,
        // One name for all runs of a line, so that the legend has it once and takes them away together.
        name: row.label,
        data: curve.map(({ epoch, validationLoss }) => [epoch, validationLoss ?? '-']),
        showSymbol: curve.length === 1,
        symbol: 'circle',
        symbolSize: 6,
        sampling: 'lttb' as const,
        triggerEvent: 'line' as const,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: shown.length > 20 ? 1.25 : 1.75, type: dash },
        emphasis: tellAll ? { disabled: true } : { lineStyle: { width: 3.5 } },
      }
    }),
  }
}

function pointInWords(
  shown: readonly { readonly run: number; readonly row: { readonly label: string } }[],
  params: readonly unknown[],
): string {
  const points = params as readonly { seriesIndex: number; data?: [number, number | '-'] }[]
  const epoch = points.find(({ data }) => Array.isArray(data))?.data?.[0]
  const lines = points.flatMap(({ seriesIndex, data }) => {
    const one = shown[seriesIndex]
    if (!one) return []
    const loss = Array.isArray(data) && typeof data[1] === 'number' ? `: ${formatDecimal(data[1], 4)}` : ''
    return [`${one.row.label}, run ${one.run}${loss}`]
  })
  return [...(epoch === undefined ? [] : [`Epoch ${epoch}`]), ...lines].join('\n')
}

/** What the curves say, in one sentence. */
export function comparedCurvesSentence({ rows, curves }: ComparedCurves): string {
  const least = rows.flatMap(({ key, label }) => {
    const losses = curves
      .filter(({ line }) => line === key)
      .flatMap(({ curve }) => curve.flatMap(({ validationLoss }) => validationLoss ?? []))
    return losses.length ? [{ label, least: losses.reduce((low, loss) => Math.min(low, loss)) }] : []
  })
  const best = least.reduce<(typeof least)[number] | null>((so, one) => (so && so.least <= one.least ? so : one), null)
  if (!best) return 'No run of this comparison has a validation part, so there is no validation loss to draw.'
  const of = curves.length === 1 ? 'the run' : `the ${countOf(curves.length, 'run')}`
  return least.length === 1
    ? `The validation loss of ${of} by epoch; the lowest is ${formatDecimal(best.least, 4)}.`
    : `The validation loss of ${of} by epoch, the seeds of a model in one colour; ${best.label} gets lowest, to ${formatDecimal(best.least, 4)}.`
}

/** All curves as a table, every digit. */
export function comparedCurvesTable({ rows, curves }: ComparedCurves): { header: string[]; rows: TsvCell[][] } {
  const labelOf = new Map(rows.map(({ key, label }) => [key, label]))
  return {
    header: ['model', 'run', 'epoch', 'train_loss', 'validation_loss', 'validation_pearson'],
    rows: curves.flatMap(({ run, line, curve }) =>
      curve.map((point) => [labelOf.get(line) ?? line, run, point.epoch, point.trainLoss, point.validationLoss, point.validationPearson]),
    ),
  }
}
