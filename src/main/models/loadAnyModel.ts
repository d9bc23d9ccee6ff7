import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ModelReference } from '../../shared/domain/model.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readModel, readModelContent } from '../db/models.ts'
import { loadModel } from '../experiments/loadModel.ts'
import { savedModel, type SavedModel } from '../experiments/savedModel.ts'
import { readModelFile } from './readModelFile.ts'

/**
 * The model of a completed run, or an imported one.
 *
 * @throws WorkbenchError as {@link loadModel} does; `conflict` where an imported model is in the bin
 */
export async function loadAnyModel(database: ReadableDatabase, checkpointsFolder: string, of: ModelReference): Promise<SavedModel> {
  if ('run' in of) return loadModel(database, checkpointsFolder, of.run)
  const { name, removedAt } = readModel(database, of.model)
  if (removedAt !== null) {
    throw new WorkbenchError('conflict', `The model ${name} is in the bin.`, { hint: 'Bring it back, or choose another model.' })
  }
  const { file, content } = readModelContent(database, of.model)
  const { tensors, description } = readModelFile(content, file)
  return savedModel(tensors, description)
}
