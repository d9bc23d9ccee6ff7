import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { createExperiment, readRun, readRunDetail, readRuns } from '../db/runs.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { getOrMakeSplit } from '../datasets/splits/getOrMakeSplit.ts'
import type { Core } from '../core.ts'
import type { Run } from '../../shared/domain/run.ts'
import { leftMessage, type RunQueue } from './runQueue.ts'
import { runStatesWithEngine } from './runStates.ts'

type ExperimentHandlers = WorkbenchHandlers['experiments']

/**
 * The calls about experiments that change nothing.
 *
 * @param isTraining whether anybody can be training the runs that the database has as under way; where nobody can, they were
 *   left by a crash, and are shown as what they will be marked as by the next who may write
 */
export function experimentReaders(database: ReadableDatabase, isTraining: () => boolean): Pick<ExperimentHandlers, 'runs' | 'run'> {
  const asItIs = <R extends Run>(run: R): R =>
    runStatesWithEngine.includes(run.state) && !isTraining() ? { ...run, state: 'interrupted', message: leftMessage(run) } : run
  return {
    runs: ({ dataset }) => readRuns(database, dataset).map(asItIs),
    run: ({ id }) => asItIs(readRunDetail(database, id)),
  }
}

/** The calls about experiments, on a workspace that can be written to. */
export function experimentHandlers(core: Core, queue: RunQueue): ExperimentHandlers {
  const { database, clock, emit } = core
  return {
    launch: async ({ dataset, split: { kind, seed }, variants, recipe, seeds }, { signal }) => {
      const split = await getOrMakeSplit(database, { dataset, kind, seed }, { now: clock, signal })
      const runs = [...new Set(variants)].flatMap((variant) => [...new Set(seeds)].map((seed) => ({ variant, seed })))
      const ids = createExperiment(database, { dataset, split: split.id, recipe, runs, createdAt: clock().toISOString() })
      const launched = ids.map((id) => readRun(database, id))
      for (const run of launched) emit('runs.changed', run)
      queue.wake()
      return launched
    },
    ...experimentReaders(database, () => true),
    stop: ({ id }) => queue.stop(id),
    resume: ({ id }) => queue.resume(id),
  }
}
