import type { RecipeName } from '../../shared/domain/recipe.ts'
import type { SplitKind } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { followRuns } from './followRuns.ts'
import { readRecipe } from './readRecipe.ts'

export interface TrainOptions extends CommonOptions {
  readonly dataset: string
  readonly variants: readonly Variant[]
  readonly recipe: RecipeName
  readonly split: SplitKind
  readonly splitSeed: number
  readonly seed: readonly number[]
  readonly epochs?: number
  readonly set: readonly string[]
}

/** Trains the variants on a dataset, a run a variant and seed, and waits for them. */
export function trainRuns({ terminal, withWorkbench }: CommandContext, options: TrainOptions): Promise<CommandResult> {
  const recipe = readRecipe(options.recipe, [...options.set, ...(options.epochs === undefined ? [] : [`epochs=${options.epochs}`])])
  return withWorkbench(options.workspace, 'train', async (workbench) => {
    const { id } = await findDataset(workbench.calls, options.dataset)
    const runs = await workbench.calls.experiments.launch({
      dataset: id,
      split: { kind: options.split, seed: options.splitSeed },
      variants: [...options.variants],
      recipe,
      seeds: [...options.seed],
    })
    return followRuns(workbench, runs, terminal)
  })
}
