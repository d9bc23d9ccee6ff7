import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import type { Queue } from '../../shared/domain/queue.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { followRuns } from './followRuns.ts'
import { table } from './table.ts'

export interface MoveOptions extends CommonOptions {
  readonly run: number
  readonly before?: number
}

/** The runs that wait, in the order in which they start. */
export function showQueue({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => told(calls, await calls.experiments.queue({})))
}

/** Has nothing trained until the queue is continued, by whichever face. */
export function pauseQueue({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => told(calls, await calls.experiments.pauseQueue({})))
}

/** Ends the pause, trains what waits, and waits for it. */
export function continueQueue({ terminal, withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'train', async (workbench) => {
    const { calls } = workbench
    // As they wait before any of them begins.
    const { waiting } = await calls.experiments.queue({})
    const runs = await Promise.all(waiting.map((id) => calls.experiments.run({ id })))
    await calls.experiments.continueQueue({})
    return followRuns(workbench, runs, terminal)
  })
}

/** Puts a waiting run before another one, or last. */
export function moveInQueue({ withWorkbench }: CommandContext, { workspace, run, before }: MoveOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) =>
    told(calls, await calls.experiments.moveInQueue({ id: run, before: before ?? null })),
  )
}

/** Takes a run out of the queue; resume puts it back. */
export function stopRun(
  { withWorkbench }: CommandContext,
  { workspace, run }: CommonOptions & { readonly run: number },
): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const stopped = await calls.experiments.stop({ id: run })
    return { json: { run: stopped }, text: `Run ${run} waits no more. resume --run ${run} trains it.\n` }
  })
}

async function told(calls: WorkbenchClient, queue: Queue): Promise<CommandResult> {
  const runs = new Map((await calls.experiments.runs({})).map((run) => [run.id, run]))
  const rows = queue.waiting.map((id, i) => {
    const { datasetName = '', variant = '', seed = '', epochs = 0, recipe } = runs.get(id) ?? {}
    return [i + 1, id, datasetName, variant, seed, `${epochs}/${recipe?.epochs ?? 0}`]
  })
  const state = queue.paused ? 'The queue is paused; continue ends that.' : queue.atOnce.reason
  const waiting = rows.length === 0 ? 'No run waits.\n' : table(['', 'run', 'dataset', 'variant', 'seed', 'epochs'], rows)
  return { json: { queue }, text: `${waiting}\n${state}\n` }
}
