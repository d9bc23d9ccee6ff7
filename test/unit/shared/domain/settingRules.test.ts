import { describe, expect, it } from 'vitest'
import { recipes, recipeSchema } from '../../../../src/shared/domain/recipe.ts'
import {
  conditionOf,
  effectiveRecipe,
  readSettingValue,
  settingCounts,
  settingRule,
  settings,
} from '../../../../src/shared/domain/settingRules.ts'
import { settingWords } from '../../../../src/shared/domain/settingWords.ts'

const accepts = (setting: string, value: unknown) => recipeSchema.safeParse({ ...recipes.seed, [setting]: value }).success

describe('settingRule', () => {
  it('knows every setting of a recipe, and not its name', () => {
    expect(['name', ...settings].sort()).toEqual(Object.keys(recipeSchema.shape).sort())
  })

  it.each(settings)('gives the bounds of %s as the schema has them', (setting) => {
    const rule = settingRule(setting)
    if (rule.kind === 'switch') {
      expect([true, false, 'yes'].map((value) => accepts(setting, value))).toEqual([true, true, false])
    } else if (rule.kind === 'choice') {
      expect(rule.choices.map((choice) => accepts(setting, choice))).not.toContain(false)
      expect(accepts(setting, 'anything else')).toBe(false)
    } else {
      const { minimum, maximum, above, whole } = rule
      const step = whole ? 1 : 1e-9
      expect([minimum - step, maximum + step].map((value) => accepts(setting, value))).toEqual([false, false])
      expect([minimum, minimum + step, maximum].map((value) => accepts(setting, value))).toEqual([!above, true, true])
      expect(accepts(setting, minimum + 0.5 * Math.min(1, maximum - minimum))).toBe(!whole)
    }
  })
})

describe('readSettingValue', () => {
  it('takes what the schema takes, and puts nothing in the place of what is missing', () => {
    expect(readSettingValue('momentum', 0.5)).toBe(0.5)
    expect(readSettingValue('momentum', 1)).toBeUndefined()
    expect(readSettingValue('momentum', undefined)).toBeUndefined()
    expect(readSettingValue('loss', 'huber')).toBe('huber')
    expect(readSettingValue('reverseComplement', false)).toBe(false)
  })
})

describe('settingCounts', () => {
  it('says where momentum and the Huber threshold have an effect', () => {
    const { optimizer, loss } = recipeSchema.shape
    expect(optimizer.options.filter((one) => settingCounts({ ...recipes.seed, optimizer: one }, 'momentum'))).toEqual(['sgd', 'rmsprop'])
    const losses = loss.unwrap().options
    expect(losses.filter((one) => settingCounts({ ...recipes.seed, loss: one }, 'huberDelta'))).toEqual(['huber'])
  })

  it('names only values that the other setting may have', () => {
    for (const setting of settings) {
      const condition = conditionOf(setting)
      if (!condition) expect(settingCounts(recipes.default, setting)).toBe(true)
      for (const value of condition?.values ?? []) expect(accepts(condition!.setting, value), `${setting}: ${value}`).toBe(true)
    }
  })
})

describe('settingWords', () => {
  it.each(settings)('explain %s, and each of its choices', (setting) => {
    const words = settingWords[setting]
    expect(words.label).not.toBe('')
    expect(words.help).toMatch(/^[A-Z].{10,}\.$/)
    const rule = settingRule(setting)
    const choices = 'choices' in words ? Object.keys(words.choices) : []
    expect(choices.sort()).toEqual(rule.kind === 'choice' ? [...rule.choices].sort() : [])
  })

  it('say of each optimiser and each loss what it is for', () => {
    const { optimizer, loss } = settingWords
    for (const { about } of [...Object.values(optimizer.choices), ...Object.values(loss.choices)]) expect(about).toMatch(/.{20,}\.$/)
  })
})

describe('effectiveRecipe', () => {
  it('has settings without effect as they are shipped, and all others as they were chosen', () => {
    const recipe = { ...recipes.default, momentum: 0.5, huberDelta: 2, dropout: 0.4 }
    expect(effectiveRecipe(recipe)).toEqual({ ...recipes.default, dropout: 0.4 })
    expect(effectiveRecipe({ ...recipe, optimizer: 'sgd', loss: 'huber' })).toEqual({ ...recipe, optimizer: 'sgd', loss: 'huber' })
  })
})
