import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { createExperiment, readRun, readRunDetail, readRuns } from '../db/runs.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { getOrMakeSplit } from '../datasets/splits/getOrMakeSplit.ts'
import type { Core } from '../core.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { RunQueue } from './runQueue.ts'

type ExperimentHandlers = WorkbenchHandlers['experiments']

/**
 * The calls about experiments that change nothing.
 *
 * @param asItIs a run as it stands in truth, where that may be otherwise than the database has it
 */
export function experimentReaders(
  database: ReadableDatabase,
  asItIs: <R extends Run>(run: R) => R,
): Pick<ExperimentHandlers, 'runs' | 'run'> {
  return {
    runs: ({ dataset }) => readRuns(database, dataset).map((run) => asItIs(run)),
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
    ...experimentReaders(database, (run) => queue.asItIs(run)),
    stop: ({ id }) => queue.stop(id),
    resume: ({ id }) => queue.resume(id),
  }
}
