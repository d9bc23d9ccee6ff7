import { WorkbenchError } from '../../shared/domain/errors.ts'
import { modelDescriptionSchema, type ImportedModel, type ModelDescription } from '../../shared/domain/model.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'

interface ModelRow extends Omit<ImportedModel, 'description'> {
  description: string
}

const selectModels = /* sql */ `
  SELECT id, name, imported_at AS importedAt, removed_at AS removedAt, file, length(content) AS bytes,
    weights_sha256 AS weightsSha256, description
  FROM models`

function toModel({ description, ...row }: ModelRow): ImportedModel {
  return { ...row, description: modelDescriptionSchema.parse(JSON.parse(description)) }
}

/** Imported models, newest first, those in the bin among them. */
export function readModels(database: ReadableDatabase): ImportedModel[] {
  return database.prepare<ModelRow>(`${selectModels} ORDER BY id DESC`).all().map(toModel)
}

/** @throws WorkbenchError `not-found` */
export function readModel(database: ReadableDatabase, id: number): ImportedModel {
  const row = database.prepare<ModelRow>(`${selectModels} WHERE id = ?`).get(id)
  if (!row) {
    throw new WorkbenchError('not-found', `There is no imported model ${id} in this workspace.`, { hint: 'Look at the list of models.' })
  }
  return toModel(row)
}

/** The file of a model, byte for byte. @throws WorkbenchError `not-found` */
export function readModelContent(database: ReadableDatabase, id: number): { readonly file: string; readonly content: Uint8Array } {
  const { file } = readModel(database, id)
  const { content } = database.prepare<{ content: Uint8Array }>('SELECT content FROM models WHERE id = ?').get(id)!
  return { file, content }
}

/** @param sha256 of the file */
export function findModelByFile(database: ReadableDatabase, sha256: string): ImportedModel | undefined {
  const row = database.prepare<ModelRow>(`${selectModels} WHERE sha256 = ?`).get(sha256)
  return row && toModel(row)
}

export interface NewModel {
  readonly name: string
  readonly importedAt: string
  readonly file: string
  readonly content: Uint8Array
  readonly sha256: string
  readonly weightsSha256: string
  readonly description: ModelDescription
}

/** Keeps an imported model, and returns its id. */
export function insertModel(database: WritableDatabase, model: NewModel): number {
  return database
    .prepare('INSERT INTO models (name, imported_at, file, content, sha256, weights_sha256, description) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(model.name, model.importedAt, model.file, model.content, model.sha256, model.weightsSha256, JSON.stringify(model.description))
    .lastInsertRowid
}

/** @throws WorkbenchError `not-found` */
export function renameModel(database: WritableDatabase, id: number, name: string): void {
  readModel(database, id)
  database.prepare('UPDATE models SET name = ? WHERE id = ?').run(name, id)
}

/** Puts a model into the bin, or takes it out. @throws WorkbenchError `not-found` */
export function setModelRemoved(database: WritableDatabase, id: number, removedAt: string | null): void {
  readModel(database, id)
  database.prepare('UPDATE models SET removed_at = ? WHERE id = ?').run(removedAt, id)
}
