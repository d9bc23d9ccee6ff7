import { latestVersion, migrations } from '../db/migrate.ts'
import { DATABASE_FILE } from '../db/openDatabase.ts'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'

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

/** The runs of a workspace, or of one dataset, newest first. */
export function listRuns(
  { withWorkbench }: CommandContext,
  { workspace, dataset }: CommonOptions & { readonly dataset?: string },
): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const runs = await calls.experiments.runs(dataset === undefined ? {} : { dataset: (await findDataset(calls, dataset)).id })
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
          ? 'There are no runs yet.\n'
          : table(['id', 'dataset', 'variant', 'recipe', 'split', 'seed', 'state', 'epochs', 'test r'], rows),
    }
  })
}

/** Tries every engine, and says which one is used and why. Needs no workspace, and makes none of its own but where there is none. */
export function checkEngine({ terminal, withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  const access = existsSync(join(resolve(workspace), DATABASE_FILE)) ? 'read' : 'write'
  const progress = progressLine(terminal)
  return withWorkbench(workspace, access, async ({ calls }) => {
    const { chosen, engines, versions } = await calls.engine.check(
      {},
      { signal: terminal.interrupted, onProgress: ({ stage }) => progress.show(stage) },
    )
    progress.end()
    const rows = engines.map((engine) => [
      engine.name,
      engine.device,
      engine.works ? 'works' : 'does not work',
      engine.rowsPerSecond === null ? '' : String(Math.round(engine.rowsPerSecond)),
      engine.reason,
    ])
    return {
      json: { chosen, engines, versions },
      text: `${chosen ? `Chosen: ${chosen}` : 'No engine works on this machine.'}\n\n${table(['engine', 'device', '', 'rows/s', 'why'], rows)}`,
      failure: chosen
        ? undefined
        : new WorkbenchError('unavailable', 'No engine works on this machine.', { hint: 'The reasons stand beside each engine.' }),
    }
  })
}

/** Brings a workspace up to this version of the workbench, after a copy; one that is up to date is left as it is. */
export function migrateWorkspace({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const { folder } = await calls.workspace.info({})
    const version = latestVersion(migrations)
    return { json: { workspace: folder, version }, text: `${folder} is up to date: its data has version ${version}.\n` }
  })
}
