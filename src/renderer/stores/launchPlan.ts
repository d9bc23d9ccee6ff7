import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { hasSequences, type DatasetSummary } from '../../shared/domain/dataset.ts'
import { recipeNames, recipes, type Recipe, type RecipeName } from '../../shared/domain/recipe.ts'
import type { Run } from '../../shared/domain/run.ts'
import { effectiveRecipe, settingCounts, type SettingOf } from '../../shared/domain/settingRules.ts'
import type { Split, SplitChoice } from '../../shared/domain/split.ts'
import { variants, type Variant } from '../../shared/domain/variants.ts'
import { numberProblem, recipeFields, type NumberField } from '../text/recipeFields.ts'
import { parseSeeds } from './parseSeeds.ts'
import { draftOfSplit, freshSplit, splitPlan, type SplitDraft } from './splitDraft.ts'

/** A recipe as it is being put together. */
export interface RecipeDraft {
  /** Tells it from the others while they come and go. */
  readonly key: number
  /** The last values that were right. */
  readonly recipe: Recipe
  /** Numbers as they were typed, right or wrong. */
  readonly typed: Readonly<Partial<Record<SettingOf<number>, string>>>
}

export function freshRecipe(name: RecipeName, key = 0): RecipeDraft {
  return { key, recipe: { ...recipes[name] }, typed: {} }
}

/** A recipe to stand beside others: the shipped one that is not among them, else the last of them again, to be changed. */
export function nextRecipe(present: readonly RecipeDraft[]): RecipeDraft {
  const key = Math.max(-1, ...present.map((one) => one.key)) + 1
  const name = recipeNames.find((wanted) => !present.some(({ recipe }) => recipe.name === wanted))
  const last = present.at(-1)
  return name || !last ? freshRecipe(name ?? 'default', key) : { ...last, key }
}

/** An experiment as it is being put together: what was chosen, and what was typed as it was typed. */
export interface LaunchDraft {
  dataset: number | null
  variants: Variant[]
  split: SplitDraft
  seeds: string
  /** One at least; each is an experiment. */
  recipes: readonly RecipeDraft[]
  /** The run that it was filled from. */
  from: number | null
}

export function freshDraft(dataset: number | null): LaunchDraft {
  return {
    dataset,
    variants: [...variants],
    split: freshSplit(),
    seeds: '1',
    recipes: [freshRecipe('default')],
    from: null,
  }
}

/** A draft that would train this run again. */
export function draftOfRun(run: Run, splits: readonly Split[]): LaunchDraft {
  const split = splits.find(({ id }) => id === run.split)
  return {
    ...freshDraft(run.dataset),
    variants: [run.variant],
    split: split ? draftOfSplit(split) : freshSplit(),
    seeds: String(run.seed),
    recipes: [{ key: 0, recipe: { ...run.recipe }, typed: {} }],
    from: run.id,
  }
}

/** What was typed for a number, or its value as one would type it. */
export function typedText({ recipe, typed }: Pick<RecipeDraft, 'recipe' | 'typed'>, field: NumberField): string {
  return typed[field.key] ?? numberText(recipe[field.key])
}

/** What is wrong with the numbers that count, by setting. */
export function recipeProblems(draft: Pick<RecipeDraft, 'recipe' | 'typed'>): Readonly<Partial<Record<string, string>>> {
  return Object.fromEntries(
    recipeFields.flatMap((field) => {
      const problem =
        field.kind === 'number' && settingCounts(draft.recipe, field.key) ? numberProblem(field, typedText(draft, field)) : null
      return problem ? [[field.key, problem]] : []
    }),
  )
}

/** With a list of splits and one of recipes: an experiment each. */
export type Launch = Parameters<WorkbenchClient['experiments']['launch']>[0] & {
  readonly split: readonly SplitChoice[]
  readonly recipe: readonly Recipe[]
}
/** What to launch, or what is still missing, in one sentence. */
export type LaunchPlan = { readonly launch: Launch } | { readonly problem: string }

/** @param dataset the chosen one, where it is known */
export function launchPlan(draft: LaunchDraft, dataset: Pick<DatasetSummary, 'name' | 'cellTypes' | 'length'> | undefined): LaunchPlan {
  const seeds = parseSeeds(draft.seeds)
  if (draft.dataset === null) return { problem: 'Choose a dataset.' }
  if (dataset && !hasSequences(dataset))
    return { problem: `${dataset.name} came here without its sequences, so nothing can be trained on it: choose another dataset.` }
  if (!draft.variants.length) return { problem: 'Choose at least one variant.' }
  if (draft.recipes.some((one) => Object.keys(recipeProblems(one)).length > 0)) return { problem: 'Correct the settings that are marked.' }
  const planned = draft.recipes.map(({ recipe }) => effectiveRecipe(recipe))
  const twice = sameTwice(planned)
  if (twice) return { problem: `Recipes ${twice[0]} and ${twice[1]} are the same: change one of them, or take it away.` }
  if (planned.some(({ target }) => target === 'specificity') && dataset?.cellTypes.length === 1)
    return { problem: 'Specificity compares cell types, and this dataset has one: choose activity as the target.' }
  const split = splitPlan(draft.split, draft.dataset)
  if ('problem' in split) return split
  if ('problem' in seeds) return seeds
  return {
    launch: {
      dataset: draft.dataset,
      split: [...split.splits],
      variants: variants.filter((variant) => draft.variants.includes(variant)),
      recipe: planned,
      seeds: [...seeds.seeds],
    },
  }
}

/** The places of two equal recipes, counted from 1. */
function sameTwice(planned: readonly Recipe[]): readonly [number, number] | null {
  const texts = planned.map((recipe) => JSON.stringify(recipe))
  const second = texts.findIndex((text, i) => texts.indexOf(text) < i)
  return second < 0 ? null : [texts.indexOf(texts[second]!) + 1, second + 1]
}

/** The variants that predict the same for every cell type, and so cannot learn what tells one from another. */
const untold: readonly Variant[] = ['baseline', 'attention']

/** What a person may want to know before training begins, though nothing stands in the way. */
export function launchWarning({ recipes: drafts, variants: chosen }: Pick<LaunchDraft, 'recipes' | 'variants'>): string | null {
  const blind = untold.filter((variant) => chosen.includes(variant))
  if (!drafts.some(({ recipe }) => recipe.target === 'specificity') || !blind.length) return null
  return `${blind.join(' and ')} predict${blind.length === 1 ? 's' : ''} the same for every cell type, and cannot learn specificity: choose embedding or full for it.`
}

/** Never `1e-7`, and never with separators. */
function numberText(value: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 15, useGrouping: false }).format(value)
}
