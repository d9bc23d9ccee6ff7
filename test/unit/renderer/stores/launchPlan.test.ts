import { describe, expect, it } from 'vitest'
import {
  draftOfRun,
  freshDraft,
  freshRecipe,
  launchPlan,
  launchWarning,
  recipeProblems,
  typedText,
  nextRecipe,
  type LaunchDraft,
  type RecipeDraft,
} from '../../../../src/renderer/stores/launchPlan.ts'
import { recipeFields, type NumberField } from '../../../../src/renderer/text/recipeFields.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import { freshSplit } from '../../../../src/renderer/stores/splitDraft.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { defaultShares, type Split } from '../../../../src/shared/domain/split.ts'

const draft = (other: Partial<LaunchDraft> = {}): LaunchDraft => ({ ...freshDraft(3), ...other })
const recipeDraft = (other: Partial<RecipeDraft> = {}): RecipeDraft => ({ ...freshRecipe('default'), ...other })
const cellType = { name: 'HepG2', measured: 700, replicates: 3, mean: 0, sd: 1, replicateR: 0.9, ceiling: 0.95 }
const dataset = (cellTypes = 3, length = 230) => ({
  name: 'Library',
  length,
  cellTypes: Array.from({ length: cellTypes }, () => cellType),
})
const launchOf = (other: Partial<LaunchDraft>, cellTypes = 3) => {
  const plan = launchPlan(draft(other), dataset(cellTypes))
  if (!('launch' in plan)) throw new Error(plan.problem)
  return plan.launch
}
const number = (key: string) => recipeFields.find((field): field is NumberField => field.key === key && field.kind === 'number')!

describe('launchPlan', () => {
  it('is whole from the start, once there is a dataset', () => {
    expect(launchOf({})).toEqual({
      dataset: 3,
      split: [{ kind: 'group', seed: 1, shares: defaultShares }],
      variants: ['baseline', 'embedding', 'attention', 'full'],
      recipe: [recipes.default],
      seeds: [1],
    })
  })

  it('says where a dataset came without its sequences', () => {
    expect(launchPlan(draft(), dataset(3, 0))).toEqual({
      problem: 'Library came here without its sequences, so nothing can be trained on it: choose another dataset.',
    })
  })

  it.each<[Partial<LaunchDraft>, RegExp]>([
    [{ dataset: null }, /^Choose a dataset/],
    [{ variants: [] }, /at least one variant/],
    [{ recipes: [recipeDraft(), recipeDraft({ key: 1, typed: { epochs: 'many' } })] }, /^Correct the settings/],
    [{ split: { ...freshSplit(), seed: '' } }, /^The split needs one whole number/],
    [{ split: { ...freshSplit(), seed: '1, 2' } }, /^The split needs one whole number/],
    [{ recipes: [freshRecipe('seed', 0), freshRecipe('default', 1), freshRecipe('seed', 2)] }, /^Recipes 1 and 3 are the same/],
    [{ seeds: 'x' }, /“x” is not a whole number/],
  ])('says what is missing in %j', (other, problem) => {
    expect(launchPlan(draft(other), dataset())).toEqual({ problem: expect.stringMatching(problem) as string })
  })

  it('wants two cell types for what compares them', () => {
    const recipe = { ...recipes.default, target: 'specificity' as const }
    expect(launchPlan(draft({ recipes: [freshRecipe('seed'), recipeDraft({ key: 1, recipe })] }), dataset(1))).toEqual({
      problem: expect.stringMatching(/^Specificity compares cell types/) as string,
    })
    expect(launchOf({ recipes: [recipeDraft({ recipe })] }, 2).recipe[0]!.target).toBe('specificity')
  })

  it('keeps the variants’ own order, and every seed once', () => {
    expect(launchOf({ variants: ['full', 'baseline'], seeds: '3, 1-3' })).toMatchObject({
      variants: ['baseline', 'full'],
      seeds: [3, 1, 2],
    })
  })

  it('sends a setting without effect as it is shipped, whatever was typed for it', () => {
    const recipe = { ...recipes.default, momentum: 0.5, huberDelta: 3 }
    expect(launchOf({ recipes: [recipeDraft({ recipe, typed: { momentum: 'much' } })] }).recipe).toEqual([recipes.default])
    expect(launchOf({ recipes: [recipeDraft({ recipe: { ...recipe, optimizer: 'sgd', loss: 'huber' } })] }).recipe).toMatchObject([
      { momentum: 0.5, huberDelta: 3 },
    ])
  })
})

describe('nextRecipe', () => {
  it('is the shipped one that is not there yet, then the last again', () => {
    const second = nextRecipe([freshRecipe('default')])
    expect(second).toEqual(freshRecipe('seed', 1))
    const changed = { ...second, recipe: { ...second.recipe, epochs: 3 } }
    expect(nextRecipe([freshRecipe('default'), changed])).toEqual({ ...changed, key: 2 })
    expect(nextRecipe([])).toEqual(freshRecipe('seed', 0))
  })
})

describe('recipeProblems', () => {
  it('are those of the numbers that count', () => {
    expect(recipeProblems(recipeDraft({ typed: { dropout: '1', momentum: 'much' } }))).toEqual({ dropout: 'Dropout must be at most 0.9.' })
    expect(
      Object.keys(recipeProblems(recipeDraft({ recipe: { ...recipes.default, optimizer: 'rmsprop' }, typed: { momentum: 'much' } }))),
    ).toEqual(['momentum'])
  })
})

describe('typedText', () => {
  it('is what was typed, or the value as one would type it', () => {
    expect(typedText(recipeDraft({ typed: { learningRate: '2E-3' } }), number('learningRate'))).toBe('2E-3')
    expect(typedText(recipeDraft({ recipe: { ...recipes.default, learningRate: 1e-7, batchSize: 16_384 } }), number('learningRate'))).toBe(
      '0.0000001',
    )
    expect(typedText(recipeDraft({ recipe: { ...recipes.default, batchSize: 16_384 } }), number('batchSize'))).toBe('16384')
    expect(typedText(recipeDraft({ recipe: { ...recipes.default, dropout: 0.1 } }), number('dropout'))).toBe('0.1')
  })
})

describe('launchWarning', () => {
  it('names the variants that cannot learn what differs between cell types', () => {
    const recipe = { ...recipes.default, target: 'specificity' as const }
    expect(launchWarning({ recipes: [freshRecipe('seed'), recipeDraft({ recipe })], variants: ['full', 'attention', 'baseline'] })).toMatch(
      /^baseline and attention predict the same for every/,
    )
    expect(launchWarning({ recipes: [freshRecipe('seed'), recipeDraft({ recipe })], variants: ['baseline', 'full'] })).toMatch(
      /^baseline predicts the same/,
    )
    expect(launchWarning({ recipes: [freshRecipe('seed'), recipeDraft({ recipe })], variants: ['embedding', 'full'] })).toBeNull()
    expect(launchWarning(freshDraft(1))).toBeNull()
  })
})

describe('draftOfRun', () => {
  it('launches what the run was', () => {
    const recipe = { ...recipes.seed, epochs: 3, optimizer: 'lamb' as const }
    const run = { id: 12, dataset: 3, split: 8, splitKind: 'name', variant: 'attention', recipe, seed: 7 } as Run
    const splits = [
      { id: 7, dataset: 3, settings: { kind: 'group', seed: 1, shares: defaultShares } },
      { id: 8, dataset: 3, settings: { kind: 'name', seed: 42, shares: defaultShares } },
    ] as Split[]
    expect(launchPlan(draftOfRun(run, splits), dataset())).toEqual({
      launch: { dataset: 3, split: [8], variants: ['attention'], recipe: [recipe], seeds: [7] },
    })
    expect(draftOfRun(run, splits).from).toBe(12)
    // With another seed, or on other data, it is another split.
    const filled = draftOfRun(run, splits)
    expect(launchPlan({ ...filled, split: { ...filled.split, stored: null, seed: '43' } }, dataset())).toMatchObject({
      launch: { split: [{ kind: 'name', seed: 43 }] },
    })
    expect(launchPlan({ ...filled, dataset: 4 }, dataset())).toMatchObject({ launch: { split: [{ kind: 'name', seed: 42 }] } })
  })
})
