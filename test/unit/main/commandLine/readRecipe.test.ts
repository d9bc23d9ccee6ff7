import { describe, expect, it } from 'vitest'
import { changesWithoutEffect, readRecipe, settingsHelp } from '../../../../src/main/commandLine/readRecipe.ts'
import { recipes, recipeSchema } from '../../../../src/shared/domain/recipe.ts'
import { settingRule, settings } from '../../../../src/shared/domain/settingRules.ts'
import { settingWords } from '../../../../src/shared/domain/settingWords.ts'

describe('readRecipe', () => {
  it('gives the shipped recipe where nothing is changed', () => expect(readRecipe('seed', [])).toEqual(recipes.seed))

  it('reads each value as the type that the setting has', () => {
    const changes = ['epochs=3', 'learningRate=1e-3', 'optimizer=adamw', 'reverseComplement=true', ' strands = both ', 'epochs=4']
    expect(readRecipe('seed', changes)).toEqual({
      ...recipes.seed,
      epochs: 4,
      learningRate: 1e-3,
      optimizer: 'adamw',
      reverseComplement: true,
      strands: 'both',
    })
  })

  it.each([
    ['lr=3', /^The recipe has no setting “lr”\. Its settings are: epochs=20, batchSize=64, optimizer=adam, /],
    ['name=default', /no setting “name”/],
    ['toString=1', /no setting “toString”/],
    ['epochs', /“epochs” is not of the form key=value\. Its settings are: /],
    ['epochs=', /“” is no value for epochs: it must be a whole number from 1 to 1000, and is 20 in the recipe seed\./],
    ['epochs=2.5', /it must be a whole number from 1 to 1000/],
    ['epochs=2000', /it must be a whole number from 1 to 1000/],
    ['learningRate=0', /it must be a number above 0 to 1/],
    ['learningRate=fast', /“fast” is no value for learningRate/],
    ['optimizer=lion', /it must be sgd, adagrad, adadelta, rmsprop, adam, adamw, nadam, radam or lamb, and is adam in/],
    ['momentum=1', /it must be a number from 0 to 0\.999/],
    ['shift=', /it must be a whole number from 0 to 1000/],
    ['reverseComplement=yes', /it must be true or false/],
  ])('refuses %s in words', (change, message) => expect(() => readRecipe('seed', [change])).toThrow(message))

  it.each(settings)('takes every value that %s may have', (setting) => {
    const rule = settingRule(setting)
    const values =
      rule.kind === 'choice' ? rule.choices : rule.kind === 'switch' ? [true, false] : [rule.maximum, ...(rule.above ? [] : [rule.minimum])]
    for (const value of values) expect(readRecipe('default', [`${setting}=${value}`])).toEqual({ ...recipes.default, [setting]: value })
  })
})

describe('changesWithoutEffect', () => {
  it('names the changes that come to nothing, and with what they would count', () => {
    const said = (...changes: string[]) => changesWithoutEffect(readRecipe('seed', changes), changes)
    expect(said('momentum=0.5', 'huberDelta=2', 'epochs=3')).toEqual([
      'momentum has no effect: only with optimizer sgd or rmsprop.',
      'huberDelta has no effect: only with loss huber.',
    ])
    expect(said(' momentum = 0.5', 'optimizer=sgd')).toEqual([])
    expect(said()).toEqual([])
  })
})

describe('settingsHelp', () => {
  it('has every setting, what the recipes have, what it may be and what it is for', () => {
    const help = settingsHelp()
    for (const setting of Object.keys(recipeSchema.shape).filter((key) => key !== 'name') as (typeof settings)[number][]) {
      expect(help).toContain(`\n  ${setting} (seed ${String(recipes.seed[setting])}, default ${String(recipes.default[setting])})\n`)
      expect(help).toContain(settingWords[setting].help)
    }
    expect(help).toMatch(/momentum .*\n.* Only with optimizer sgd or rmsprop\.\n {6}A number from 0 to 0\.999\./)
    expect(help).toMatch(/\n {6}lamb: Steps in proportion/)
  })
})
