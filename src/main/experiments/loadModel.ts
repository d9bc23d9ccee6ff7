import { WorkbenchError } from '../../shared/domain/errors.ts'
import { readStoredCheckpoint } from '../db/checkpoints.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readRun } from '../db/runs.ts'
import { DamagedCheckpoint, readCheckpointFile } from './checkpointFiles.ts'
import type { TensorFile } from './safetensors.ts'
import { modelFromFile, type SavedModel } from './savedModel.ts'

/**
 * The model of a completed run.
 *
 * @throws WorkbenchError `not-found`; `conflict` where the run is not completed; `unavailable` where its file is damaged
 */
export async function loadModel(database: ReadableDatabase, checkpointsFolder: string, id: number): Promise<SavedModel> {
  return modelFromFile((await loadModelFile(database, checkpointsFolder, id)).file)
}

/** The file of {@link loadModel}, with the epoch that its weights are of; throws as that does. */
export async function loadModelFile(
  database: ReadableDatabase,
  checkpointsFolder: string,
  id: number,
): Promise<{ readonly file: TensorFile; readonly epoch: number }> {
  const run = readRun(database, id)
  const stored = readStoredCheckpoint(database, id, 'model')
  if (!stored) {
    throw new WorkbenchError('conflict', `Run ${id} (${run.variant}) is not completed, so there is no model to score with.`, {
      hint: 'Choose a completed run.',
    })
  }
  try {
    return { file: await readCheckpointFile(checkpointsFolder, stored), epoch: stored.epoch }
  } catch (fault) {
    if (!(fault instanceof DamagedCheckpoint)) throw fault
    throw new WorkbenchError('unavailable', `The model of run ${id} is damaged: ${fault.message}.`, {
      hint: 'Go back to a copy of the workspace, or train the run again.',
    })
  }
}
