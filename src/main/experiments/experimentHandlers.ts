import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { createExperiment, readRun, readRunDetail, readRuns } from '../db/runs.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { getOrMakeSplits } from '../datasets/splits/getOrMakeSplit.ts'
import type { Core } from '../core.ts'
import type { Run } from '../../shared/domain/run.ts'
import { checkTrainable } from './checkTrainable.ts'
import { readReproduction, reproduceRun } from './reproduceRun.ts'
import type { RunQueue } from './runQueue.ts'

type ExperimentHandlers = WorkbenchHandlers['experiments']

/**
 * The calls about experiments that change nothing.
 *
 * @param asItIs a run as it stands in truth, where that may be otherwise than the database has it
 */
export function experimentReaders(
  database: ReadableDatabase,
  checkpointsFolder: string,
  asItIs: <R extends Run>(run: R) => R,
): Pick<ExperimentHandlers, 'runs' | 'run' | 'reproduction'> {
  return {
    runs: ({ dataset }) => readRuns(database, dataset).map((run) => asItIs(run)),
    run: ({ id }) => asItIs(readRunDetail(database, id)),
    reproduction: ({ id }) => readReproduction(database, checkpointsFolder, id),
  }
}

/** The calls about experiments, on a workspace that can be written to. */
export function experimentHandlers(core: Core, queue: RunQueue): ExperimentHandlers {
  const { database, clock, emit } = core
  return {
    launch: async ({ dataset, split, variants, recipe, seeds }, { signal, progress }) => {
      checkTrainable(database, dataset, recipe)
      const splits = await getOrMakeSplits(database, dataset, [split].flat(), { now: clock, signal, progress })
      const runs = [...new Set(variants)].flatMap((variant) => [...new Set(seeds)].map((seed) => ({ variant, seed })))
      const createdAt = clock().toISOString()
      const ids = database.transaction(() =>
        [...new Set(splits.map(({ id }) => id))].flatMap((id) =>
          createExperiment(database, { dataset, split: id, recipe, runs, createdAt }),
        ),
      )
      const launched = ids.map((id) => readRun(database, id))
      for (const run of launched) emit('runs.changed', run)
      queue.wake()
      return launched
    },
    ...experimentReaders(database, core.folders.checkpoints, (run) => queue.asItIs(run)),
    stop: ({ id }) => queue.stop(id),
    resume: ({ id }) => queue.resume(id),
    reproduce: ({ id }) => {
      const run = reproduceRun(core, id)
      queue.wake()
      return run
    },
  }
}
