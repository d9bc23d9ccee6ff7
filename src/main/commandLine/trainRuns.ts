import type { RecipeName } from '../../shared/domain/recipe.ts'
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
  const asked = readRecipe(options.recipe, [...options.set, ...(options.epochs === undefined ? [] : [`epochs=${options.epochs}`])])
  for (const remark of changesWithoutEffect(asked, options.set)) terminal.err(`${remark}\n`)
  return withWorkbench(options.workspace, 'train', async (workbench) => {
    const { id } = await findDataset(workbench.calls, options.dataset)
    const runs = await workbench.calls.experiments.launch({
      dataset: id,
      split: await chooseSplits(workbench.calls, id, options),
      variants: [...options.variants],
      recipe: effectiveRecipe(asked),
      seeds: [...options.seed],
    })
    return followRuns(workbench, runs, terminal)
  })
}

async function chooseSplits(calls: WorkbenchClient, dataset: number, options: TrainOptions): Promise<SplitChoice[]> {
  if (!options.useSplit) return readSplit(options.split, options.splitSeed, options.splitSettings ?? [])
  return (await findSplits(calls, dataset, options.useSplit)).map(({ id }) => id)
}
