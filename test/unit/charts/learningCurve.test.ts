import { describe, expect, it } from 'vitest'
import { darkInk, lightInk } from '../../../src/charts/ink.ts'
import {
  besideLossOption,
  besidePearsonOption,
  bestEpoch,
  curveSentence,
  curveTable,
  learningRateOption,
  lossOption,
  pearsonOption,
  pearsonSentence,
} from '../../../src/charts/learningCurve.ts'
import { recipes, type Recipe } from '../../../src/shared/domain/recipe.ts'
import type { Epoch } from '../../../src/shared/domain/run.ts'

const point = (
  epoch: number,
  trainLoss: number,
  validationLoss: number | null,
  validationPearson: number | null,
  cellTypePearsons: (number | null)[] = [],
): Epoch => ({
  epoch,
  trainLoss,
  validationLoss,
  validationPearson,
  learningRate: 0.01,
  seconds: 1,
  cellTypePearsons,
})
const ground = { ink: lightInk, width: 480 }
const curve = [point(1, 1.2, 1.3, 0.21), point(2, 0.9, 1.1, 0.35), point(3, 0.8, 1.15, 0.33)]
const recipe = (epochs: number): Recipe => ({ ...recipes.seed, epochs })
interface Drawn {
  series: { name: string; data: unknown[]; lineStyle: { color: string; type: unknown }; symbol: string }[]
  xAxis: { name: string; max: number }
  yAxis: { name: string }
}
const drawn = (option: unknown) => option as Drawn

describe('the learning curves', () => {
  it('draw training and validation loss by epoch, with room for what is to come', () => {
    const option = drawn(lossOption(curve, recipe(20), ground))
    expect(option.series.map((series) => series.name)).toEqual(['Training', 'Validation'])
    expect(option.series[0]!.data).toEqual([
      [1, 1.2],
      [2, 0.9],
      [3, 0.8],
    ])
    expect(option.series[1]!.data).toEqual([
      [1, 1.3],
      [2, 1.1],
      [3, 1.15],
    ])
    expect(option.xAxis).toMatchObject({ name: 'Epoch', max: 20 })
    expect(option.yAxis.name).toBe('Loss (MSE, log2 units squared)')
  })

  it.each([
    [{ target: 'specificity' }, 'Loss (MSE, specificity squared)'],
    [{ loss: 'huber' }, 'Loss (Huber)'],
    [{ loss: 'gaussianNll' }, 'Loss (Gaussian likelihood)'],
    [{ loss: 'pearson', target: 'specificity' }, 'Loss (1 − Pearson r)'],
  ] as const)('name the loss of %o', (changes, name) => {
    expect(drawn(lossOption(curve, { ...recipe(20), ...changes }, ground)).yAxis.name).toBe(name)
  })

  it('end the axis at the last planned epoch, unless a long run has just begun', () => {
    const reached = (epoch: number, planned: number) => drawn(lossOption([point(epoch, 1, 1, 0.1)], recipe(planned), ground)).xAxis.max
    expect([reached(1, 1), reached(1, 12), reached(12, 12), reached(3, 300), reached(30, 300), reached(200, 300)]).toEqual([
      2, 12, 12, 20, 60, 300,
    ])
    expect(drawn(lossOption([], recipe(300), ground)).xAxis.max).toBe(20)
  })

  it('differ by dash and symbol as well as colour', () => {
    const [train, validation] = drawn(lossOption(curve, recipe(20), ground)).series
    expect(train!.lineStyle.color).not.toBe(validation!.lineStyle.color)
    expect(train!.lineStyle.type).not.toBe(validation!.lineStyle.type)
    expect(train!.symbol).not.toBe(validation!.symbol)
  })

  it('leave a gap where a value is not defined', () => {
    const option = drawn(pearsonOption([point(1, 1, null, null), point(2, 1, 1, 0.4)], ['HepG2'], 2, ground))
    expect(option.series[0]!.data).toEqual([
      [1, '-'],
      [2, 0.4],
    ])
  })

  it('are told in a sentence, with the best epoch rather than the last', () => {
    expect(curveSentence(curve)).toBe(
      'After epoch 3 the training loss is 0.800 and the validation loss 1.150; the best validation Pearson is 0.350, at epoch 2.',
    )
    expect(curveSentence([point(1, 1.25, null, null)])).toBe('After epoch 1 the training loss is 1.250.')
    expect(curveSentence([])).toBe('The curve begins after the first epoch.')
  })

  it('draw Pearson in each cell type, with gaps, once it is told', () => {
    const told = [point(1, 1, 1, 0.3, [0.2, null]), point(2, 1, 1, 0.4, [0.25, 0.5])]
    const { series } = drawn(pearsonOption(told, ['HepG2', 'K562'], 20, ground))
    expect(series.map(({ name, data }) => [name, data])).toEqual([
      ['All rows', [[1, 0.3], [2, 0.4]]],
      ['HepG2', [[1, 0.2], [2, 0.25]]],
      ['K562', [[1, '-'], [2, 0.5]]],
    ]) // prettier-ignore
    // A run of an earlier version has none.
    expect(drawn(pearsonOption(curve, ['HepG2', 'K562'], 20, ground)).series.map(({ name }) => name)).toEqual(['All rows'])
  })

  it.each([lightInk, darkInk])('give no two of sixteen cell types the same colour and dash', (ink) => {
    const names = Array.from({ length: 16 }, (_, i) => `C${i}`)
    const told = [point(1, 1, 1, 0.3, names.map(() => 0.1))] // prettier-ignore
    const { series } = drawn(pearsonOption(told, names, 20, { ink, width: 480 }))
    expect(new Set(series.map(({ lineStyle }) => JSON.stringify([lineStyle.color, lineStyle.type]))).size).toBe(17)
    // Those that one mostly has differ by dash alone, too.
    expect(new Set(series.slice(0, 4).map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(4)
  })

  it('make room for a legend of many lines', () => {
    const names = Array.from({ length: 12 }, (_, i) => `Cell type ${i}`)
    const told = [point(1, 1, 1, 0.3, names.map(() => 0.1))] // prettier-ignore
    const top = (width: number) =>
      (pearsonOption(told, names, 20, { ink: lightInk, width }) as unknown as { grid: { top: number } }).grid.top
    expect(top(300)).toBeGreaterThan(top(900))
  })

  it('draw the learning rate', () => {
    const { series, yAxis } = drawn(learningRateOption(curve, 20, ground))
    expect([series[0]!.data, yAxis.name]).toEqual([[[1, 0.01], [2, 0.01], [3, 0.01]], 'Learning rate']) // prettier-ignore
  })

  it('stand beside those of another run, each run in its colour and each line in its dash', () => {
    const runs = [
      { name: 'Run 1', curve, recipe: recipe(5), cellTypes: ['HepG2', 'K562'] },
      { name: 'Run 2', curve: [point(1, 2, 2, 0.1, [0.7, 0.8])], recipe: recipe(20), cellTypes: ['K562', 'HepG2'] },
    ]
    const loss = drawn(besideLossOption(runs, ground))
    expect(loss.series.map(({ name }) => name)).toEqual(['Run 1, training', 'Run 1, validation', 'Run 2, training', 'Run 2, validation'])
    expect(new Set(loss.series.map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(4)
    expect(new Set(loss.series.map(({ lineStyle }) => lineStyle.color)).size).toBe(2)
    expect(loss.xAxis.max).toBe(20)
    const other = { ...runs[1]!, recipe: { ...recipe(20), loss: 'huber' as const } }
    expect(drawn(besideLossOption([runs[0]!, other], ground)).yAxis.name).toBe('Loss (of each recipe’s own)')
    expect(drawn(besidePearsonOption(runs, null, ground)).series.map(({ data }) => data.at(-1))).toEqual([[3, 0.33], [1, 0.1]]) // prettier-ignore
    // Found by its name, wherever each dataset has it.
    expect(drawn(besidePearsonOption(runs, 'HepG2', ground)).series[1]!.data).toEqual([[1, 0.8]])
  })

  it('know their best epoch, of equal ones the first', () => {
    expect(bestEpoch(curve, ({ validationPearson }) => validationPearson)).toEqual({ epoch: 2, value: 0.35 })
    expect(bestEpoch([point(1, 1, 1, -0.2), point(2, 1, 1, null), point(3, 1, 1, -0.2)], (at) => at.validationPearson)).toEqual({
      epoch: 1,
      value: -0.2,
    })
    expect(bestEpoch([point(1, 1, 1, null)], ({ validationPearson }) => validationPearson)).toBeNull()
  })

  it('say where Pearson stands', () => {
    expect(pearsonSentence([point(4, 1, 1, 0.4, [0.25, null])], ['HepG2', 'K562'])).toBe(
      'Validation Pearson r after epoch 4: 0.400 over all rows; HepG2 0.250, K562 –.',
    )
    expect(pearsonSentence(curve, ['HepG2'])).toBe('Validation Pearson r after epoch 3: 0.330 over all rows.')
  })

  it('come as a table with every digit', () => {
    expect(curveTable([point(1, 0.123456789, null, 0.5)]).rows).toEqual([[1, 0.123456789, null, 0.5, 0.01, 1]])
    expect(curveTable([point(1, 1, null, 0.5, [0.25, null])], ['HepG2', 'K562'])).toEqual({
      header: [
        'epoch',
        'train_loss',
        'validation_loss',
        'validation_pearson',
        'validation_pearson_HepG2',
        'validation_pearson_K562',
        'learning_rate',
        'seconds',
      ],
      rows: [[1, 1, null, 0.5, 0.25, null, 0.01, 1]],
    })
  })
})
