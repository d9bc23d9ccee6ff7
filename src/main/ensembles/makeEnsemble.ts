import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readSharedTest, type NewEnsemble } from '../db/ensembles.ts'
import { readRun } from '../db/runs.ts'
import { readAssignment } from '../db/splits.ts'
import { loadModel } from '../experiments/loadModel.ts'
import { partsOfSplit } from '../experiments/partsOfSplit.ts'

/**
 * What makes an ensemble of runs, each named once. Their models are read, so that one which is damaged is found here and not in
 * the middle of a scan.
 *
 * @throws WorkbenchError `not-found`; `invalid-input` where the runs are fewer than two, of several datasets, targets or lengths, or
 *   share no test element; `conflict` where one is not completed or in the bin; `unavailable` where a model is damaged
 */
export async function makeEnsemble(
  database: ReadableDatabase,
  checkpointsFolder: string,
  named: readonly number[],
): Promise<Pick<NewEnsemble, 'dataset' | 'length' | 'runs'>> {
  const runs = [...new Set(named)].map((id) => readRun(database, id))
  const [first] = runs
  if (!first || runs.length < 2) refuse('An ensemble is made of two runs or more.', 'Choose another run beside it.')
  for (const run of runs) checkMember(run, first)
  if (first.recipe.target === 'specificity') checkStatistics(database, runs)
  const splits = runs.map(({ split }) => split)
  if (readSharedTest(database, splits).length === 0) {
    refuse(
      'No element is in the test part of all of these runs, so nobody could tell how good the ensemble is.',
      'Choose runs of one split, or of splits that share test elements.',
    )
  }
  const models = await Promise.all(runs.map(({ id }) => loadModel(database, checkpointsFolder, id)))
  const frames = new Set(
    models.map(({ frame: { length, adapters, prefix, suffix } }) => `${length} ${prefix.length + suffix.length > 0 ? adapters : ''}`),
  )
  if (frames.size > 1) {
    refuse(
      'These runs read sequences otherwise: some with the adapters, some without.',
      'Choose runs whose recipes treat the adapters alike.',
    )
  }
  return { dataset: first.dataset, length: models[0]!.model.length, runs: runs.map(({ id }) => id) }
}

function checkMember(run: Run, first: Run): void {
  const which = `Run ${run.id} (${run.variant})`
  if (run.binnedAt !== null) {
    throw new WorkbenchError('conflict', `${which} is in the bin.`, { hint: 'Take it out of the bin, or choose another run.' })
  }
  if (run.state !== 'completed') {
    throw new WorkbenchError('conflict', `${which} is not trained to its end.`, { hint: 'Choose completed runs.' })
  }
  if (run.dataset !== first.dataset) {
    refuse(`${which} was trained on ${run.datasetName}, run ${first.id} on ${first.datasetName}.`, 'Choose runs of one dataset.')
  }
  if (run.recipe.target !== first.recipe.target) {
    refuse(`${which} does not predict what run ${first.id} does: one activity, the other specificity.`, 'Choose runs of one target.')
  }
}

/** Specificity is in units of the training part's own statistics: of two training parts the mean would mix units. */
function checkStatistics(database: ReadableDatabase, runs: readonly Run[]): void {
  const parts = [...new Set(runs.map(({ split }) => split))].map((split) => partsOfSplit(readAssignment(database, split)).train.join())
  if (new Set(parts).size > 1) {
    refuse('These runs predict specificity by the statistics of different training parts.', 'Choose runs of one split.')
  }
}

function refuse(message: string, hint: string): never {
  throw new WorkbenchError('invalid-input', message, { hint })
}
