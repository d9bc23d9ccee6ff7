import { describe, expect, it } from 'vitest'
import { settingFacts } from '../../../../../src/renderer/views/experiments/settingFacts.ts'
import { recipeFields } from '../../../../../src/renderer/text/recipeFields.ts'
import { recipes, type Recipe } from '../../../../../src/shared/domain/recipe.ts'
import { settingWords } from '../../../../../src/shared/domain/settingWords.ts'

const valueOf = (recipe: Recipe, key: keyof typeof settingWords) =>
  settingFacts(recipe)
    .flatMap(({ facts }) => facts)
    .find(({ label }) => label === settingWords[key].label)?.value

describe('settingFacts', () => {
  it('has every setting once, in the order of the form', () => {
    const labels = settingFacts(recipes.seed).flatMap(({ facts }) => facts.map(({ label }) => label))
    expect(labels).toEqual(recipeFields.map(({ label }) => label))
  })

  it('says what the shipped recipe has where it was changed, and what comes to nothing', () => {
    const recipe: Recipe = { ...recipes.seed, epochs: 3, huberDelta: 5 }
    expect(valueOf(recipe, 'epochs')).toBe('3 (recipe: 20)')
    expect(valueOf(recipe, 'batchSize')).toBe('64')
    expect(valueOf(recipe, 'huberDelta')).toBe('No effect. Only with the loss Huber.')
    expect(valueOf({ ...recipe, loss: 'huber' }, 'huberDelta')).toBe('5 (recipe: 1)')
  })
})
