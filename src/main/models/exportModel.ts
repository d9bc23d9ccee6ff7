import type { ModelReference } from '../../shared/domain/model.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readModelContent } from '../db/models.ts'
import { readRun } from '../db/runs.ts'
import { describeModel } from '../experiments/describeModel.ts'
import { loadModelFile } from '../experiments/loadModel.ts'
import { writeSafetensors } from '../experiments/safetensors.ts'
import { MODEL_FORMAT, modelFromFile, modelToFile } from '../experiments/savedModel.ts'

/**
 * A model as a file that any workspace can import. A run's model is given out as it lies in the workspace, byte for byte; one
 * that an earlier version wrote gets the description that was missing.
 *
 * @throws WorkbenchError where there is no such model
 */
export async function exportModel(
  database: ReadableDatabase,
  checkpointsFolder: string,
  of: ModelReference,
): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> {
  if ('model' in of) {
    const { file, content } = readModelContent(database, of.model)
    return { fileName: file, bytes: new Uint8Array(content) }
  }
  const { datasetName, variant, epochs, finishedAt, testPearson } = readRun(database, of.run)
  const { file, epoch } = await loadModelFile(database, checkpointsFolder, of.run)
  const fileName = `${`${datasetName} ${variant} run ${of.run}`.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.safetensors`
  if (file.metadata['format'] === MODEL_FORMAT) return { fileName, bytes: writeSafetensors(file) }
  const described = { ...modelFromFile(file), targetStatistics: null }
  const standing = { epochs, epochOfWeights: epoch, trainedAt: finishedAt, testPearson }
  return { fileName, bytes: writeSafetensors(modelToFile(file.tensors, describeModel(database, of.run, described, standing))) }
}
