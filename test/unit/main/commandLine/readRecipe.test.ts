import { describe, expect, it } from 'vitest'
import { readRecipe } from '../../../../src/main/commandLine/readRecipe.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'

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
    ['optimizer=sgd', /it must be adam or adamw/],
    ['reverseComplement=yes', /it must be true or false/],
  ])('refuses %s in words', (change, message) => expect(() => readRecipe('seed', [change])).toThrow(message))
})
