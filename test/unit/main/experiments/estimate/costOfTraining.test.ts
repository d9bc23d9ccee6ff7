import { describe, expect, it } from 'vitest'
import { configurationKey, secondsOfRun, type Configuration } from '../../../../../src/main/experiments/estimate/costOfTraining.ts'
import { recipes, type Recipe } from '../../../../../src/shared/domain/recipe.ts'

const rate = { training: 0.5, scoring: 0.25, start: 7 }
const sizes = { train: 100, validation: 20, test: 30 }
const recipe = (changes: Partial<Recipe> = {}): Recipe => ({ ...recipes.seed, epochs: 10, ...changes })

describe('the cost of a training', () => {
  it('is its start, its epochs with their validation, and the predictions at its end', () => {
    expect(secondsOfRun(rate, recipe(), sizes)).toBe(7 + 10 * (50 + 5) + 12.5)
    expect(secondsOfRun(rate, recipe(), sizes, 4)).toBe(7 + 4 * (50 + 5) + 12.5)
    expect(secondsOfRun(rate, recipe({ loss: 'gaussianNll' }), sizes)).toBe(7 + 10 * (50 + 10) + 12.5)
    // The scale is fitted to the training part, after each epoch and at the end.
    expect(secondsOfRun(rate, recipe({ loss: 'pearson' }), sizes)).toBe(7 + 10 * (50 + 5 + 25) + 12.5 + 25)
  })

  it('is told apart by what takes time, and by nothing else', () => {
    const one: Configuration = { variant: 'full', recipe: recipe(), length: 230, cellTypes: 3, beside: false }
    const key = (changes: Partial<Configuration>) => configurationKey({ ...one, ...changes })
    const same: Partial<Recipe>[] = [{ learningRate: 0.1 }, { epochs: 99 }, { weightDecay: 0 }, { patience: 3 }, { dropout: 0.1 }]
    for (const changes of same) expect(key({ recipe: recipe(changes) }), JSON.stringify(changes)).toBe(key({}))
    const other: Partial<Recipe>[] = [{ batchSize: 128 }, { optimizer: 'sgd' }, { strands: 'both' }, { dropout: 0 }, { shift: 3 }]
    const keys = [...other.map((changes) => key({ recipe: recipe(changes) })), key({ beside: true }), key({ length: 200 }), key({})]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
