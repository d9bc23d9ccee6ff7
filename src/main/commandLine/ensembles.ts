import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import type { Ensemble } from '../../shared/domain/ensemble.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { countOf } from '../../shared/text/numbers.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { table } from './table.ts'

export interface MakeEnsembleOptions extends CommonOptions {
  readonly name: string
  readonly runs: readonly number[]
}

export interface OfEnsemble extends CommonOptions {
  /** Its number: names of ensembles need not differ. */
  readonly ensemble: number
}

/** Makes the average of runs a model of its own. */
export function makeEnsemble({ withWorkbench }: CommandContext, { workspace, name, runs }: MakeEnsembleOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const ensemble = await calls.ensembles.make({ name, runs: [...runs] })
    const text = `Ensemble ${ensemble.id}, ${ensemble.name}, of ${countOf(ensemble.runs.length, 'run')}; ${countOf(ensemble.testElements, 'element')} test it.\n`
    return { json: { ensemble }, text }
  })
}

/** The ensembles of a workspace, newest first. */
export function listEnsembles({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const ensembles = await calls.ensembles.list({})
    const rows = ensembles.map(({ id, name, datasetName, runs, target, testElements, removedAt }) => [
      ...[id, name, datasetName, runs.join(', '), target, testElements],
      removedAt === null ? '' : 'in the bin',
    ])
    const text =
      rows.length === 0 ? 'There are no ensembles yet.\n' : table(['id', 'name', 'dataset', 'runs', 'target', 'test elements', ''], rows)
    return { json: { ensembles }, text }
  })
}

/** Gives an ensemble another name. */
export function renameEnsemble(context: CommandContext, { name, ...of }: OfEnsemble & { readonly name: string }): Promise<CommandResult> {
  return change(context, of, 'shelf', async (calls, { id, name: before }) => {
    const ensemble = await calls.ensembles.rename({ id, name })
    return { json: { ensemble }, text: `Ensemble ${id}, ${before}, is now ${name}.\n` }
  })
}

/** Puts an ensemble into the bin. */
export function binEnsemble(context: CommandContext, of: OfEnsemble): Promise<CommandResult> {
  return change(context, of, 'shelf', async (calls, { id, name }) => ({
    json: { ensemble: await calls.ensembles.remove({ id }) },
    text: `${name} is in the bin. restore-ensemble takes it out again; its runs and scans stay.\n`,
  }))
}

/** Takes an ensemble out of the bin. */
export function restoreEnsemble(context: CommandContext, of: OfEnsemble): Promise<CommandResult> {
  return change(context, of, 'bin', async (calls, { id, name }) => ({
    json: { ensemble: await calls.ensembles.restore({ id }) },
    text: `${name} is back.\n`,
  }))
}

/** Deletes an ensemble in the bin for good. */
export function purgeEnsemble(context: CommandContext, of: OfEnsemble): Promise<CommandResult> {
  return change(context, of, 'bin', async (calls, { id, name }) => {
    await calls.ensembles.purge({ id })
    return { json: { purged: id }, text: `${name} is deleted. Its runs and scans stay.\n` }
  })
}

function change(
  { withWorkbench }: CommandContext,
  { workspace, ensemble }: OfEnsemble,
  place: 'shelf' | 'bin',
  work: (calls: WorkbenchClient, found: Ensemble) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const there = (await calls.ensembles.list({})).filter(({ removedAt }) => (removedAt === null) === (place === 'shelf'))
    const found = there.find(({ id }) => id === ensemble)
    if (found) return work(calls, found)
    const names = there.map(({ id, name }) => `${id} (${name})`).join(', ')
    const [where, none] =
      place === 'bin' ? ['in the bin', 'The bin is empty.'] : ['in this workspace', 'Make one with the command ensemble.']
    throw new WorkbenchError('not-found', `There is no ensemble ${ensemble} ${where}.`, { hint: names ? `There are: ${names}.` : none })
  })
}
