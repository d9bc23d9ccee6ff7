import type { EChartsOption } from 'echarts'
import type { Recipe } from '../shared/domain/recipe.ts'
import type { Epoch } from '../shared/domain/run.ts'
import { settingWords } from '../shared/domain/settingWords.ts'
import { formatDecimal } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'

/** Training and validation loss by epoch. What is still to come shows, as empty room on the right. */
export function lossOption(curve: readonly Epoch[], recipe: Pick<Recipe, 'epochs' | 'loss' | 'target'>, ink: Ink): EChartsOption {
  return curveOption(ink, recipe.epochs, lossAxis(recipe), [
    { name: 'Training', points: curve.map((point) => [point.epoch, point.trainLoss]), look: 0 },
    { name: 'Validation', points: curve.map((point) => [point.epoch, point.validationLoss]), look: 1 },
  ])
}

/** Validation Pearson by epoch. */
export function pearsonOption(curve: readonly Epoch[], plannedEpochs: number, ink: Ink): EChartsOption {
  return curveOption(ink, plannedEpochs, 'Pearson r', [
    { name: 'Validation', points: curve.map((point) => [point.epoch, point.validationPearson]), look: 1 },
  ])
}

/** The curves as a table, every digit. */
export function curveTable(curve: readonly Epoch[]): { header: string[]; rows: TsvCell[][] } {
  return {
    header: ['epoch', 'train_loss', 'validation_loss', 'validation_pearson', 'learning_rate', 'seconds'],
    rows: curve.map((point) => [
      point.epoch,
      point.trainLoss,
      point.validationLoss,
      point.validationPearson,
      point.learningRate,
      point.seconds,
    ]),
  }
}

/** What the curves say, in one sentence. */
export function curveSentence(curve: readonly Epoch[]): string {
  const last = curve.at(-1)
  if (!last) return 'The curve begins after the first epoch.'
  const scored = curve.filter((point) => point.validationPearson !== null)
  const best = scored.reduce<Epoch | null>((so, point) => (so && so.validationPearson! >= point.validationPearson! ? so : point), null)
  const loss =
    `After epoch ${last.epoch} the training loss is ${formatDecimal(last.trainLoss)}` +
    (last.validationLoss === null ? '' : ` and the validation loss ${formatDecimal(last.validationLoss)}`)
  return best ? `${loss}; the best validation Pearson is ${formatDecimal(best.validationPearson)}, at epoch ${best.epoch}.` : `${loss}.`
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

interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number | null])[]
  readonly look: number
}

function curveOption(ink: Ink, plannedEpochs: number, axisName: string, lines: readonly Line[]): EChartsOption {
  return {
    ...chartBase(ink),
    grid: { left: 62, right: 16, top: 34, bottom: 46 },
    tooltip: { ...chartBase(ink).tooltip, trigger: 'axis', valueFormatter: (value) => formatDecimal(value as number | null, 4) },
    xAxis: xAxis(ink, 'Epoch', {
      type: 'value',
      min: 1,
      max: lastShown(plannedEpochs, lines[0]?.points.at(-1)?.[0] ?? 1),
      minInterval: 1,
      axisPointer: { label: { formatter: ({ value }) => `Epoch ${Math.round(Number(value))}` } },
    }),
    yAxis: yAxis(ink, axisName, { type: 'value', scale: true }),
    series: lines.map(({ name, points, look }) => {
      const { colour, dash, symbol } = mark(look, ink)
      return {
        type: 'line',
        name,
        data: points.map(([x, y]) => [x, y ?? '-']),
        symbol,
        symbolSize: 7,
        showSymbol: points.length <= 60,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: 2, type: dash },
        emphasis: { disabled: true },
      }
    }),
  }
}
