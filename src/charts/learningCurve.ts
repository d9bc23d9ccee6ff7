import type { EChartsOption } from 'echarts'
import type { Recipe } from '../shared/domain/recipe.ts'
import type { Epoch } from '../shared/domain/run.ts'
import { settingWords } from '../shared/domain/settingWords.ts'
import { formatDecimal, formatSetting } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { legendLayout } from './legendLayout.ts'
import { mark, type Mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'

/** Where the chart is drawn. */
export interface Ground {
  readonly ink: Ink
  /** In pixels. */
  readonly width: number
}

/** Training and validation loss by epoch. What is still to come shows, as empty room on the right. */
export function lossOption(
  curve: readonly Epoch[],
  recipe: Pick<Recipe, 'epochs' | 'loss' | 'target'>,
  { ink, width }: Ground,
): EChartsOption {
  const lines = [
    { name: 'Training', points: pointsOf(curve, (point) => point.trainLoss), look: mark(0, ink) },
    { name: 'Validation', points: pointsOf(curve, (point) => point.validationLoss), look: mark(1, ink) },
  ]
  return curveOption({ ink, width }, recipe.epochs, lossAxis(recipe), lines)
}

/** Validation Pearson by epoch, over all rows and in each cell type. */
export function pearsonOption(
  curve: readonly Epoch[],
  cellTypes: readonly string[],
  plannedEpochs: number,
  { ink, width }: Ground,
): EChartsOption {
  const told = curve.some(({ cellTypePearsons }) => cellTypePearsons.length > 0)
  const all = {
    name: 'All rows',
    points: pointsOf(curve, (point) => point.validationPearson),
    look: { colour: ink.text, dash: 'solid', symbol: 'none' } as const,
    weight: 2.5,
  }
  const each = cellTypes.map((name, i) => ({
    name,
    points: pointsOf(curve, (point) => point.cellTypePearsons[i] ?? null),
    look: cellTypeLook(i, ink),
    weight: 1.75,
  }))
  return curveOption({ ink, width }, plannedEpochs, 'Validation Pearson r', told ? [all, ...each] : [all])
}

/** The learning rate at the end of each epoch. */
export function learningRateOption(curve: readonly Epoch[], plannedEpochs: number, { ink, width }: Ground): EChartsOption {
  const line = { name: 'Learning rate', points: pointsOf(curve, (point) => point.learningRate), look: mark(0, ink) }
  return curveOption({ ink, width }, plannedEpochs, 'Learning rate', [line], formatSetting)
}

// Each colour of the palette comes back after four; with its dash one further on each time, no two of sixteen look the same.
function cellTypeLook(i: number, ink: Ink): Look {
  const { colour } = mark(i, ink)
  const { dash, symbol } = mark(i + 1 + Math.floor(i / 4), ink)
  return { colour, dash, symbol }
}

/** A run's curve, and what it is called, beside another's. */
export interface NamedCurve {
  readonly name: string
  readonly curve: readonly Epoch[]
  readonly recipe: Pick<Recipe, 'epochs' | 'loss' | 'target'>
}

/** The same with Pearson by cell type. */
export interface CellTypeCurve extends NamedCurve {
  readonly cellTypes: readonly string[]
}

/** What is drawn of a run in one cell type, wherever its dataset has it, or over all rows. */
export function pearsonAt({ cellTypes }: Pick<CellTypeCurve, 'cellTypes'>, cellType: string | null): (point: Epoch) => number | null {
  if (cellType === null) return (point) => point.validationPearson
  const at = cellTypes.indexOf(cellType)
  return (point) => point.cellTypePearsons[at] ?? null
}

/** The losses of two runs: a run has a colour, and each line a dash of its own. */
export function besideLossOption(runs: readonly NamedCurve[], { ink, width }: Ground): EChartsOption {
  const axes = new Set(runs.map(({ recipe }) => lossAxis(recipe)))
  const lines = runs.flatMap(({ name, curve }, i) => {
    const { colour, symbol } = mark(i, ink)
    return [
      {
        name: `${name}, training`,
        points: pointsOf(curve, (point) => point.trainLoss),
        look: { colour, symbol, dash: mark(i + 2, ink).dash },
      },
      { name: `${name}, validation`, points: pointsOf(curve, (point) => point.validationLoss), look: mark(i, ink) },
    ]
  })
  return curveOption({ ink, width }, plannedOf(runs), axes.size === 1 ? [...axes][0]! : 'Loss (of each recipe’s own)', lines)
}

/** The validation Pearson of two runs, over all rows or in one cell type of both. */
export function besidePearsonOption(runs: readonly CellTypeCurve[], cellType: string | null, { ink, width }: Ground): EChartsOption {
  const lines = runs.map((run, i) => ({ name: run.name, points: pointsOf(run.curve, pearsonAt(run, cellType)), look: mark(i, ink) }))
  return curveOption({ ink, width }, plannedOf(runs), `Validation Pearson r${cellType === null ? '' : `, ${cellType}`}`, lines)
}

const plannedOf = (runs: readonly NamedCurve[]) => Math.max(...runs.map(({ recipe }) => recipe.epochs))

/** The curves as a table, every digit. */
export function curveTable(curve: readonly Epoch[], cellTypes: readonly string[] = []): { header: string[]; rows: TsvCell[][] } {
  return {
    header: [
      'epoch',
      'train_loss',
      'validation_loss',
      'validation_pearson',
      ...cellTypes.map((name) => `validation_pearson_${name}`),
      'learning_rate',
      'seconds',
    ],
    rows: curve.map((point) => [
      point.epoch,
      point.trainLoss,
      point.validationLoss,
      point.validationPearson,
      ...cellTypes.map((_, i) => point.cellTypePearsons[i] ?? null),
      point.learningRate,
      point.seconds,
    ]),
  }
}

/** The highest value along a curve and its epoch; null where none is defined. Of equal ones the first. */
export function bestEpoch(
  curve: readonly Epoch[],
  value: (point: Epoch) => number | null,
): { readonly epoch: number; readonly value: number } | null {
  let best: { epoch: number; value: number } | null = null
  for (const point of curve) {
    const here = value(point)
    if (here !== null && (best === null || here > best.value)) best = { epoch: point.epoch, value: here }
  }
  return best
}

/** What the losses say, in one sentence. */
export function curveSentence(curve: readonly Epoch[]): string {
  const last = curve.at(-1)
  if (!last) return 'The curve begins after the first epoch.'
  const best = bestEpoch(curve, (point) => point.validationPearson)
  const loss =
    `After epoch ${last.epoch} the training loss is ${formatDecimal(last.trainLoss)}` +
    (last.validationLoss === null ? '' : ` and the validation loss ${formatDecimal(last.validationLoss)}`)
  return best ? `${loss}; the best validation Pearson is ${formatDecimal(best.value)}, at epoch ${best.epoch}.` : `${loss}.`
}

/** What the Pearson curves say, in one sentence. */
export function pearsonSentence(curve: readonly Epoch[], cellTypes: readonly string[]): string {
  const last = curve.at(-1)
  if (!last) return 'Pearson r of the validation part, after each epoch.'
  const each = cellTypes.flatMap((name, i) => {
    const value = last.cellTypePearsons[i]
    return value === undefined ? [] : [`${name} ${formatDecimal(value)}`]
  })
  const all = `Validation Pearson r after epoch ${last.epoch}: ${formatDecimal(last.validationPearson)} over all rows`
  return each.length ? `${all}; ${each.join(', ')}.` : `${all}.`
}

/** What the loss is, with its unit where it has a plain one. */
function lossAxis({ loss, target }: Pick<Recipe, 'loss' | 'target'>): string {
  if (loss === 'mse') return `Loss (MSE, ${target === 'log2' ? 'log2 units' : 'specificity'} squared)`
  return `Loss (${settingWords.loss.choices[loss].title})`
}

/** Where the axis ends: at the last planned epoch, but never so far that a long run's beginning is a speck. */
function lastShown(plannedEpochs: number, reached: number): number {
  return Math.max(2, Math.min(plannedEpochs, Math.max(20, niceCeiling(2 * reached))))
}

type Point = readonly [epoch: number, value: number | null]
interface Look extends Pick<Mark, 'colour' | 'dash'> {
  readonly symbol: Mark['symbol'] | 'none'
}
interface Line {
  readonly name: string
  readonly points: readonly Point[]
  readonly look: Look
  /** In pixels. */
  readonly weight?: number
}

function pointsOf(curve: readonly Epoch[], value: (point: Epoch) => number | null): Point[] {
  return curve.map((point) => [point.epoch, value(point)])
}

const LEGEND_GAP = 18

function curveOption(
  { ink, width }: Ground,
  plannedEpochs: number,
  axisName: string,
  lines: readonly Line[],
  format: (value: number) => string = (value) => formatDecimal(value, 4),
): EChartsOption {
  const reached = Math.max(1, ...lines.map(({ points }) => points.at(-1)?.[0] ?? 1))
  const legend = legendLayout(
    lines.map(({ name }) => name),
    width,
    LEGEND_GAP,
  )
  return {
    ...chartBase(ink),
    legend: { ...chartBase(ink).legend, show: lines.length > 1, formatter: legend.text },
    grid: { left: 62, right: 16, top: lines.length > 1 ? legend.height + 8 : 16, bottom: 46 },
    tooltip: {
      ...chartBase(ink).tooltip,
      trigger: 'axis',
      valueFormatter: (value) => (typeof value === 'number' ? format(value) : formatDecimal(null)),
    },
    xAxis: xAxis(ink, 'Epoch', {
      type: 'value',
      min: 1,
      max: lastShown(plannedEpochs, reached),
      minInterval: 1,
      axisPointer: { label: { formatter: ({ value }) => `Epoch ${Math.round(Number(value))}` } },
    }),
    yAxis: yAxis(ink, axisName, { type: 'value', scale: true }),
    series: lines.map(({ name, points, look: { colour, dash, symbol }, weight = 2 }) => ({
      type: 'line',
      name,
      data: points.map(([x, y]) => [x, y ?? '-']),
      symbol,
      symbolSize: 7,
      showSymbol: points.length <= 60,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: weight, type: dash },
      emphasis: { disabled: true },
    })),
  }
}
