import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { Core } from '../core.ts'
import { getOrMakeSplits } from '../datasets/splits/getOrMakeSplit.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { annotateRun, binRuns, purgeRuns, readRunDependents } from '../db/runShelf.ts'
import { createExperiment, readBinnedRuns, readRun, readRunDetail, readRuns } from '../db/runs.ts'
import { checkTrainable } from './checkTrainable.ts'
import { removeFilesOfRuns } from './checkpointFiles.ts'
import { estimateLaunch } from './estimate/estimateLaunch.ts'
import type { TrainingRates } from './estimate/trainingRates.ts'
import { readReproduction, reproduceRun } from './reproduceRun.ts'
import type { RunQueue } from './runQueue.ts'

type Sharing = 'share' | 'inspectShared' | 'takeShared'
type ExperimentHandlers = Omit<WorkbenchHandlers['experiments'], Sharing>
type ExperimentReaders = Pick<ExperimentHandlers, 'runs' | 'run' | 'reproduction' | 'dependents'>

/** A run as it stands in truth, where that may be otherwise than the database has it. */
export type AsItIs = <R extends Run>(run: R) => R

/**
 * The calls about experiments that change nothing.
 *
 * @param view how runs are to be read, asked anew for each call
 */
export function experimentReaders(database: ReadableDatabase, checkpointsFolder: string, view: () => AsItIs): ExperimentReaders {
  return {
    runs: ({ dataset, binned }) => {
      const asItIs = view()
      return (binned ? readBinnedRuns : readRuns)(database, dataset).map((run) => asItIs(run))
    },
    run: ({ id }) => view()(readRunDetail(database, id)),
    reproduction: ({ id }) => readReproduction(database, checkpointsFolder, id),
    dependents: ({ ids }) => readRunDependents(database, ids),
  }
}

/** The calls about experiments, on a workspace that can be written to. */
export function experimentHandlers(core: Core, queue: RunQueue, rates: TrainingRates): ExperimentHandlers {
  const { database, folders, clock, emit } = core
  const asItIs: AsItIs = (run) => queue.asItIs(run)
  const changed = (id: number): Run => {
    const run = asItIs(readRun(database, id))
    emit('runs.changed', run)
    return run
  }
  return {
    estimate: (launch, { signal, progress }) => estimateLaunch(launch, { core, queue, rates, signal, progress }),
    launch: async ({ dataset, split, variants, recipe, seeds }, { signal, progress }) => {
      const recipes = [recipe].flat()
      for (const one of recipes) checkTrainable(database, dataset, one)
      const splits = await getOrMakeSplits(database, dataset, [split].flat(), { now: clock, signal, progress })
      const runs = [...new Set(variants)].flatMap((variant) => [...new Set(seeds)].map((seed) => ({ variant, seed })))
      const createdAt = clock().toISOString()
      const ids = database.transaction(() =>
        [...new Set(splits.map(({ id }) => id))].flatMap((id) =>
          recipes.flatMap((one) => createExperiment(database, { dataset, split: id, recipe: one, runs, createdAt })),
        ),
      )
      const launched = ids.map(changed)
      queue.wake()
      return launched
    },
    ...experimentReaders(database, folders.checkpoints, () => asItIs),
    stop: ({ id }) => queue.stop(id),
    resume: ({ id }) => queue.resume(id),
    reproduce: ({ id }) => {
      const run = reproduceRun(core, id)
      queue.wake()
      return asItIs(run)
    },
    queue: () => queue.now,
    pauseQueue: () => queue.pause(),
    continueQueue: () => queue.continue(),
    moveInQueue: ({ id, before }) => queue.moveWithin(id, before),
    annotate: ({ id, ...annotation }) => {
      annotateRun(database, id, annotation)
      return changed(id)
    },
    bin: ({ ids }) => {
      binRuns(database, ids, clock().toISOString())
      ids.forEach(changed)
      return {}
    },
    restore: ({ ids }) => {
      binRuns(database, ids, null)
      ids.forEach(changed)
      return {}
    },
    purge: async ({ ids }) => {
      const { bytes, files } = purgeRuns(database, ids)
      emit('runs.removed', { ids })
      await removeFilesOfRuns(folders.checkpoints, ids, files)
      return { bytes }
    },
  }
}
