import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { ImportedModel } from '../../shared/domain/model.ts'
import type { Core, WorkspaceFolders } from '../core.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { findModelByFile, insertModel, readModel, readModels, renameModel, setModelRemoved } from '../db/models.ts'
import { exportModel } from './exportModel.ts'
import { readModelSource } from './readModelSource.ts'

type ModelHandlers = WorkbenchHandlers['models']

/** The calls about models that change nothing. */
export function modelReaders(
  database: ReadableDatabase,
  folders: Pick<WorkspaceFolders, 'checkpoints' | 'uploads'>,
): Pick<ModelHandlers, 'export' | 'inspect' | 'list'> {
  return {
    export: (of) => exportModel(database, folders.checkpoints, of),
    inspect: async ({ source }) => {
      const { file, content, weightsSha256, description, sha256 } = await readModelSource(source, folders.uploads)
      return { file, bytes: content.byteLength, weightsSha256, description, imported: findModelByFile(database, sha256) ?? null }
    },
    list: () => readModels(database),
  }
}

/** The calls about models, on a workspace that can be written to. */
export function modelHandlers({ database, folders, clock, emit }: Core): ModelHandlers {
  const told = (id: number): ImportedModel => {
    const model = readModel(database, id)
    emit('models.changed', model)
    return model
  }
  return {
    ...modelReaders(database, folders),
    import: async ({ source, name }) => {
      const opened = await readModelSource(source, folders.uploads)
      const known = findModelByFile(database, opened.sha256)
      if (known) {
        setModelRemoved(database, known.id, null)
        return told(known.id)
      }
      const suggested = opened.file.replace(/\.safetensors$/i, '').slice(0, 200) || 'model'
      return told(insertModel(database, { ...opened, name: name ?? suggested, importedAt: clock().toISOString() }))
    },
    rename: ({ id, name }) => {
      renameModel(database, id, name)
      return told(id)
    },
    remove: ({ id }) => {
      setModelRemoved(database, id, clock().toISOString())
      return told(id)
    },
    restore: ({ id }) => {
      setModelRemoved(database, id, null)
      return told(id)
    },
  }
}
