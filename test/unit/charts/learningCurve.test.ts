import { describe, expect, it } from 'vitest'
import { lightInk } from '../../../src/charts/ink.ts'
import { curveSentence, curveTable, lossOption, pearsonOption } from '../../../src/charts/learningCurve.ts'
import { recipes, type Recipe } from '../../../src/shared/domain/recipe.ts'
import type { Epoch } from '../../../src/shared/domain/run.ts'

const point = (epoch: number, trainLoss: number, validationLoss: number | null, validationPearson: number | null): Epoch => ({
  epoch,
  trainLoss,
  validationLoss,
  validationPearson,
  learningRate: 0.01,
  seconds: 1,
})
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
    const option = drawn(lossOption(curve, recipe(20), lightInk))
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
    expect(drawn(lossOption(curve, { ...recipe(20), ...changes }, lightInk)).yAxis.name).toBe(name)
  })

  it('end the axis at the last planned epoch, unless a long run has just begun', () => {
    const reached = (epoch: number, planned: number) => drawn(lossOption([point(epoch, 1, 1, 0.1)], recipe(planned), lightInk)).xAxis.max
    expect([reached(1, 1), reached(1, 12), reached(12, 12), reached(3, 300), reached(30, 300), reached(200, 300)]).toEqual([
      2, 12, 12, 20, 60, 300,
    ])
    expect(drawn(lossOption([], recipe(300), lightInk)).xAxis.max).toBe(20)
  })

  it('differ by dash and symbol as well as colour', () => {
    const [train, validation] = drawn(lossOption(curve, recipe(20), lightInk)).series
    expect(train!.lineStyle.color).not.toBe(validation!.lineStyle.color)
    expect(train!.lineStyle.type).not.toBe(validation!.lineStyle.type)
    expect(train!.symbol).not.toBe(validation!.symbol)
  })

  it('leave a gap where a value is not defined', () => {
    const option = drawn(pearsonOption([point(1, 1, null, null), point(2, 1, 1, 0.4)], 2, lightInk))
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

  it('come as a table with every digit', () => {
    expect(curveTable([point(1, 0.123456789, null, 0.5)]).rows).toEqual([[1, 0.123456789, null, 0.5, 0.01, 1]])
  })
})
