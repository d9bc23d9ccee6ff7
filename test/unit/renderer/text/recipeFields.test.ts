import { describe, expect, it } from 'vitest'
import {
  changedFields,
  numberProblem,
  readTyped,
  recipeFields,
  recipeGroups,
  settingHelp,
  settingText,
  whyIdle,
  type NumberField,
  type RecipeField,
} from '../../../../src/renderer/text/recipeFields.ts'
import { recipes, recipeSchema } from '../../../../src/shared/domain/recipe.ts'
import { settings, type Setting } from '../../../../src/shared/domain/settingRules.ts'

const field = (key: Setting) => recipeFields.find((one) => one.key === key)!
const numbers = recipeFields.filter((one): one is NumberField => one.kind === 'number')
const accepts = (key: Setting, value: number) => recipeSchema.safeParse({ ...recipes.seed, [key]: value }).success

describe('the fields of the recipe form', () => {
  it('are all settings of a recipe, each once, in groups that a person can take in', () => {
    expect(recipeFields.map(({ key }) => key).sort()).toEqual([...settings].sort())
    for (const { title, fields } of recipeGroups) expect(fields.length, title).toBeLessThanOrEqual(4)
  })

  it.each(recipeFields.map((one) => [one.key, one] as const))('say what %s is, with help', (key, one) => {
    expect(one.label).not.toBe('')
    expect(settingHelp(recipes.default, one)).toMatch(/\.$/)
    expect(settingText(recipes.default, one)).not.toBe('')
    if (one.kind === 'choice')
      for (const { value } of one.choices) expect(recipeSchema.safeParse({ ...recipes.seed, [key]: value }).success, value).toBe(true)
  })

  it('refuse the numbers that a recipe refuses, and take those that it takes', () => {
    for (const one of numbers) {
      const { minimum, maximum, whole } = one
      const span = maximum - minimum
      for (const value of [minimum - 1, minimum, minimum + 1e-6 * span, minimum + 0.5, minimum + 0.5 * span, maximum, maximum + 1])
        expect(numberProblem(one, String(value)) === null, `${one.key} ${value}`).toBe(accepts(one.key, value))
      expect(numberProblem(one, ''), one.key).toBe(`${one.label} must be a number.`)
      expect(numberProblem(one, 'many'), one.key).toBe(`${one.label} must be a number.`)
      if (whole) expect(numberProblem(one, String(minimum + 0.5)), one.key).toMatch(/must be a whole number\.$/)
    }
  })

  it('say where the bounds are', () => {
    expect(numberProblem(field('learningRate') as NumberField, '0')).toBe('Learning rate must be above 0.')
    expect(numberProblem(field('epochs') as NumberField, '0')).toBe('Epochs must be at least 1.')
    expect(numberProblem(field('batchSize') as NumberField, '16385')).toBe('Batch size must be at most 16,384.')
  })

  it.each([
    ['1e-3', false, 1e-3],
    [' 0,001 ', false, 1e-3],
    ['.5', false, 0.5],
    ['−1', false, -1],
    ['16,384', true, 16_384],
    ['1,000', true, 1000],
    ['1,5', true, 1.5],
    ['0x10', true, null],
    ['Infinity', false, null],
    ['1 000', true, null],
    ['1.2.3', false, null],
    ['', true, null],
  ])('read %j (whole: %s) as %s', (text, whole, value) => {
    expect(readTyped({ whole }, text)).toBe(value)
  })

  it('write settings in words', () => {
    expect(settingText(recipes.seed, field('learningRate'))).toBe('0.0001')
    expect(settingText(recipes.seed, field('weights'))).toBe('Of the last epoch')
    expect(settingText(recipes.seed, field('reverseComplement'))).toBe('No')
    expect(settingText({ ...recipes.seed, optimizer: 'nadam' }, field('optimizer'))).toBe('NAdam')
  })

  it('tell of the choice that is made', () => {
    expect(settingHelp({ ...recipes.seed, optimizer: 'lamb' }, field('optimizer'))).toMatch(
      /^How the weights .* LAMB: .*batches of thousands\.$/,
    )
  })

  it('say why one has no effect', () => {
    expect(whyIdle(recipes.default, field('momentum'))).toBe('Only with the optimiser SGD or RMSprop.')
    expect(whyIdle({ ...recipes.default, optimizer: 'sgd' }, field('momentum'))).toBeNull()
    expect(whyIdle(recipes.default, field('huberDelta'))).toBe('Only with the loss Huber.')
    expect(recipeFields.filter((one) => whyIdle({ ...recipes.default, optimizer: 'rmsprop', loss: 'huber' }, one))).toEqual([])
  })

  it('tell which are changed, of those that have an effect', () => {
    const keys = (fields: readonly RecipeField[]) => fields.map(({ key }) => key)
    expect(keys(changedFields({ ...recipes.seed, dropout: 0.1, momentum: 0.5 }, recipes.seed))).toEqual(['dropout'])
    expect(keys(changedFields({ ...recipes.seed, optimizer: 'sgd', momentum: 0.5 }, recipes.seed))).toEqual(['optimizer', 'momentum'])
    expect(changedFields(recipes.seed, recipes.seed)).toEqual([])
  })
})
