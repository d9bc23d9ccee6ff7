import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { recipes, type Recipe } from '../../shared/domain/recipe.ts'
import type { Run } from '../../shared/domain/run.ts'
import { effectiveRecipe, settingCounts, type SettingOf } from '../../shared/domain/settingRules.ts'
import type { Split, SplitChoice } from '../../shared/domain/split.ts'
import { variants, type Variant } from '../../shared/domain/variants.ts'
import { numberProblem, recipeFields, type NumberField } from '../text/recipeFields.ts'
import { parseSeeds } from './parseSeeds.ts'
import { draftOfSplit, freshSplit, splitPlan, type SplitDraft } from './splitDraft.ts'

/** An experiment as it is being put together: what was chosen, and what was typed as it was typed. */
export interface LaunchDraft {
  dataset: number | null
  variants: Variant[]
  split: SplitDraft
  seeds: string
  /** The last values that were right. */
  recipe: Recipe
  /** Numbers of the recipe as they were typed, right or wrong. */
  typed: Readonly<Partial<Record<SettingOf<number>, string>>>
  /** The run that it was filled from. */
  from: number | null
}

export function freshDraft(dataset: number | null): LaunchDraft {
  return {
    dataset,
    variants: [...variants],
    split: freshSplit(),
    seeds: '1',
    recipe: { ...recipes.default },
    typed: {},
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
    recipe: { ...run.recipe },
    from: run.id,
  }
}

/** What was typed for a number, or its value as one would type it. */
export function typedText({ recipe, typed }: Pick<LaunchDraft, 'recipe' | 'typed'>, field: NumberField): string {
  return typed[field.key] ?? numberText(recipe[field.key])
}

/** What is wrong with the numbers that count, by setting. */
export function recipeProblems(draft: Pick<LaunchDraft, 'recipe' | 'typed'>): Readonly<Partial<Record<string, string>>> {
  return Object.fromEntries(
    recipeFields.flatMap((field) => {
      const problem =
        field.kind === 'number' && settingCounts(draft.recipe, field.key) ? numberProblem(field, typedText(draft, field)) : null
      return problem ? [[field.key, problem]] : []
    }),
  )
}

/** With a list of splits, an experiment each. */
export type Launch = Parameters<WorkbenchClient['experiments']['launch']>[0] & { readonly split: readonly SplitChoice[] }
/** What to launch, or what is still missing, in one sentence. */
export type LaunchPlan = { readonly launch: Launch } | { readonly problem: string }

/** @param cellTypes of the chosen dataset, where it is known */
export function launchPlan(draft: LaunchDraft, cellTypes: number | null): LaunchPlan {
  const seeds = parseSeeds(draft.seeds)
  if (draft.dataset === null) return { problem: 'Choose a dataset.' }
  if (!draft.variants.length) return { problem: 'Choose at least one variant.' }
  if (Object.keys(recipeProblems(draft)).length) return { problem: 'Correct the settings that are marked.' }
  if (draft.recipe.target === 'specificity' && cellTypes === 1)
    return { problem: 'Specificity compares cell types, and this dataset has one: choose activity as the target.' }
  const split = splitPlan(draft.split, draft.dataset)
  if ('problem' in split) return split
  if ('problem' in seeds) return seeds
  return {
    launch: {
      dataset: draft.dataset,
      split: [...split.splits],
      variants: variants.filter((variant) => draft.variants.includes(variant)),
      recipe: effectiveRecipe(draft.recipe),
      seeds: [...seeds.seeds],
    },
  }
}

/** The variants that predict the same for every cell type, and so cannot learn what tells one from another. */
const untold: readonly Variant[] = ['baseline', 'attention']

/** What a person may want to know before training begins, though nothing stands in the way. */
export function launchWarning({ recipe, variants: chosen }: Pick<LaunchDraft, 'recipe' | 'variants'>): string | null {
  const blind = untold.filter((variant) => chosen.includes(variant))
  if (recipe.target !== 'specificity' || !blind.length) return null
  return `${blind.join(' and ')} predict${blind.length === 1 ? 's' : ''} the same for every cell type, and cannot learn specificity: choose embedding or full for it.`
}

/** Never `1e-7`, and never with separators. */
function numberText(value: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 15, useGrouping: false }).format(value)
}
