import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { table } from './table.ts'

/** The datasets of a workspace. */
export function listDatasets({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const datasets = await calls.datasets.list({})
    const rows = datasets.map(({ id, name, elements, rows, cellTypes, simulated }) => [
      id,
      name,
      elements,
      rows,
      cellTypes.map((c) => c.name).join(', '),
      simulated ? 'simulated' : '',
    ])
    return {
      json: { datasets },
      text: rows.length === 0 ? 'There are no datasets yet.\n' : table(['id', 'name', 'elements', 'rows', 'cell types', ''], rows),
    }
  })
}

/** The runs of a workspace, or of one dataset, newest first; or those in the bin. */
export function listRuns(
  { withWorkbench }: CommandContext,
  { workspace, dataset, binned }: CommonOptions & { readonly dataset?: string; readonly binned?: true },
): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const ofDataset = dataset === undefined ? {} : { dataset: (await findDataset(calls, dataset)).id }
    const runs = await calls.experiments.runs({ ...ofDataset, ...(binned && { binned }) })
    const rows = runs.map((run) => [
      run.id,
      run.datasetName,
      run.variant,
      run.recipe.name,
      run.splitKind,
      run.seed,
      run.state,
      `${run.epochs}/${run.recipe.epochs}`,
      run.testPearson,
    ])
    return {
      json: { runs },
      text:
        rows.length === 0
          ? binned
            ? 'There are no runs in the bin.\n'
            : 'There are no runs yet.\n'
          : table(['id', 'dataset', 'variant', 'recipe', 'split', 'seed', 'state', 'epochs', 'test r'], rows),
    }
  })
}
