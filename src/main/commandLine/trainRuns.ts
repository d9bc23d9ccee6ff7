import type { Recipe, RecipeName } from '../../shared/domain/recipe.ts'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { effectiveRecipe } from '../../shared/domain/settingRules.ts'
import type { SplitChoice, SplitKind } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { findSplits } from './findSplits.ts'
import { readSplit } from './readSplit.ts'
import { followRuns } from './followRuns.ts'
import { changesWithoutEffect, readRecipe } from './readRecipe.ts'

export interface TrainOptions extends CommonOptions {
  readonly dataset: string
  readonly variants: readonly Variant[]
  readonly recipe: RecipeName
  readonly split: SplitKind
  readonly splitSettings?: readonly string[]
  readonly splitSeed: number
  /** Names or numbers of stored splits, instead of a kind. */
  readonly useSplit?: readonly string[]
  readonly seed: readonly number[]
  readonly epochs?: number
  readonly set: readonly string[]
}

/** Trains the variants on a dataset, a run a variant and seed, and waits for them. */
export function trainRuns({ terminal, withWorkbench }: CommandContext, options: TrainOptions): Promise<CommandResult> {
  for (const remark of changesWithoutEffect(recipeOf(options), options.set)) terminal.err(`${remark}\n`)
  return withWorkbench(options.workspace, 'train', async (workbench) => {
    const runs = await workbench.calls.experiments.launch(await readLaunch(workbench.calls, options))
    return followRuns(workbench, runs, terminal)
  })
}

/** What the options ask to be launched. */
export async function readLaunch(
  calls: WorkbenchClient,
  options: TrainOptions,
): Promise<Parameters<WorkbenchClient['experiments']['launch']>[0]> {
  const { id } = await findDataset(calls, options.dataset)
  return {
    dataset: id,
    split: await chooseSplits(calls, id, options),
    variants: [...options.variants],
    recipe: effectiveRecipe(recipeOf(options)),
    seeds: [...options.seed],
  }
}

function recipeOf({ recipe, set, epochs }: TrainOptions): Recipe {
  return readRecipe(recipe, [...set, ...(epochs === undefined ? [] : [`epochs=${epochs}`])])
}

async function chooseSplits(calls: WorkbenchClient, dataset: number, options: TrainOptions): Promise<SplitChoice[]> {
  if (!options.useSplit) return readSplit(options.split, options.splitSeed, options.splitSettings ?? [])
  return (await findSplits(calls, dataset, options.useSplit)).map(({ id }) => id)
}
