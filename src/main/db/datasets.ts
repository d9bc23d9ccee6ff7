import type { Adapters, DatasetCellType, DatasetSummary, Element, ImportReport } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { float32FromBlob, toBlob } from './vectors.ts'

/** A dataset as it is stored; vectors are in the order of `elements`. */
export interface NewDataset {
  readonly name: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly simulated: boolean
  readonly fingerprint: string
  readonly rows: number
  readonly length: number
  readonly minimumBarcodes: number
  readonly adapters: Adapters
  readonly report: ImportReport
  readonly elements: readonly { readonly name: string; readonly sequence: string; readonly group: number }[]
  readonly cellTypes: readonly NewCellType[]
  readonly unmatched: {
    readonly sequences: readonly string[]
    readonly activities: ReadonlyMap<string, readonly string[]>
  }
}

export interface NewCellType extends Omit<DatasetCellType, 'replicates'> {
  readonly activities: Float32Array
  readonly replicates: readonly { readonly name: string; readonly activities: Float32Array; readonly barcodes: Int32Array | null }[]
}

/** A name that stands on one side only; `cellType` is empty on the side of the sequences. */
export interface UnmatchedName {
  readonly side: 'sequence' | 'activity'
  readonly cellType: string
  readonly name: string
}

/** Stores a dataset whole, or nothing of it. @returns its id. @throws WorkbenchError `conflict` where its name is taken */
export function insertDataset(database: WritableDatabase, dataset: NewDataset): number {
  return database.transaction(() => {
    refuseTakenName(database, dataset.name)
    const { lastInsertRowid: id } = database
      .prepare(
        `INSERT INTO datasets (name, created_at, simulated, fingerprint, elements, rows, length, minimum_barcodes, adapters, report)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        dataset.name,
        dataset.createdAt,
        dataset.simulated ? 1 : 0,
        dataset.fingerprint,
        dataset.elements.length,
        dataset.rows,
        dataset.length,
        dataset.minimumBarcodes,
        JSON.stringify(dataset.adapters),
        JSON.stringify(dataset.report),
      )
    const insertElement = database.prepare('INSERT INTO elements (dataset, position, name, sequence, group_number) VALUES (?, ?, ?, ?, ?)')
    for (const [position, { name, sequence, group }] of dataset.elements.entries()) insertElement.run(id, position, name, sequence, group)
    for (const [position, cellType] of dataset.cellTypes.entries()) insertCellType(database, id, position, cellType)
    const insertUnmatched = database.prepare('INSERT INTO unmatched_names (dataset, side, cell_type, name) VALUES (?, ?, ?, ?)')
    for (const [cellType, names] of dataset.unmatched.activities)
      for (const name of names) insertUnmatched.run(id, 'activity', cellType, name)
    for (const name of dataset.unmatched.sequences) insertUnmatched.run(id, 'sequence', '', name)
    return id
  })
}

function insertCellType(database: WritableDatabase, dataset: number, position: number, cellType: NewCellType): void {
  database
    .prepare(
      `INSERT INTO cell_types (dataset, position, name, measured, replicates, mean, sd, replicate_r, ceiling, activities)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      dataset,
      position,
      cellType.name,
      cellType.measured,
      cellType.replicates.length,
      cellType.mean,
      cellType.sd,
      cellType.replicateR,
      cellType.ceiling,
      toBlob(cellType.activities),
    )
  const insertReplicate = database.prepare(
    'INSERT INTO replicates (dataset, cell_type, position, name, activities, barcodes) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (const [i, { name, activities, barcodes }] of cellType.replicates.entries()) {
    insertReplicate.run(dataset, position, i, name, toBlob(activities), barcodes && toBlob(barcodes))
  }
}

/** @throws WorkbenchError `conflict` where a dataset (other than `except`) has the name */
export function refuseTakenName(database: ReadableDatabase, name: string, except = -1): void {
  const taken = database.prepare<{ id: number }>('SELECT id FROM datasets WHERE name = ? AND id <> ?').get(name, except)
  if (taken) throw new WorkbenchError('conflict', `There is a dataset named ${name} already.`, { hint: 'Choose another name.' })
}

interface DatasetRow {
  id: number
  name: string
  created_at: string
  simulated: number
  fingerprint: string
  elements: number
  rows: number
  length: number
  minimum_barcodes: number
  adapters: string
  report: string
}

/** All datasets, the newest first. */
export function listDatasets(database: ReadableDatabase): DatasetSummary[] {
  return database
    .prepare<DatasetRow>('SELECT * FROM datasets ORDER BY id DESC')
    .all()
    .map((row) => toSummary(database, row))
}

/** A dataset with what its import saw. @throws WorkbenchError `not-found` */
export function readDataset(database: ReadableDatabase, id: number): DatasetSummary & { adapters: Adapters; report: ImportReport } {
  const row = findRow(database, id)
  return { ...toSummary(database, row), adapters: JSON.parse(row.adapters) as Adapters, report: JSON.parse(row.report) as ImportReport }
}

export function readDatasetSummary(database: ReadableDatabase, id: number): DatasetSummary {
  return toSummary(database, findRow(database, id))
}

export function findDatasetByName(database: ReadableDatabase, name: string): number | undefined {
  return database.prepare<{ id: number }>('SELECT id FROM datasets WHERE name = ?').get(name)?.id
}

export function renameDataset(database: WritableDatabase, id: number, name: string): void {
  database.transaction(() => {
    findRow(database, id)
    refuseTakenName(database, name, id)
    database.prepare('UPDATE datasets SET name = ? WHERE id = ?').run(name, id)
  })
}

function findRow(database: ReadableDatabase, id: number): DatasetRow {
  const row = database.prepare<DatasetRow>('SELECT * FROM datasets WHERE id = ?').get(id)
  if (!row) throw new WorkbenchError('not-found', 'That dataset is not in this workspace.', { hint: 'Choose a dataset from the list.' })
  return row
}

function toSummary(database: ReadableDatabase, row: DatasetRow): DatasetSummary {
  const { unmatched } = JSON.parse(row.report) as ImportReport
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    simulated: row.simulated === 1,
    elements: row.elements,
    rows: row.rows,
    length: row.length,
    cellTypes: readCellTypes(database, row.id),
    minimumBarcodes: row.minimum_barcodes,
    fingerprint: row.fingerprint,
    unmatched: { sequences: unmatched.sequences.count, activities: unmatched.activities.count },
  }
}

/** The cell types of a dataset, in its order: the last axis of every activity, prediction and score. */
export function readCellTypes(database: ReadableDatabase, dataset: number): DatasetCellType[] {
  return database
    .prepare<DatasetCellType>(
      'SELECT name, measured, replicates, mean, sd, replicate_r AS replicateR, ceiling FROM cell_types WHERE dataset = ? ORDER BY position',
    )
    .all(dataset)
}

/** Mean log2(RNA/DNA) of each cell type: [elements] each, NaN where not measured. */
export function readActivities(database: ReadableDatabase, dataset: number): Float32Array[] {
  return database
    .prepare<{ activities: Uint8Array }>('SELECT activities FROM cell_types WHERE dataset = ? ORDER BY position')
    .all(dataset)
    .map(({ activities }) => float32FromBlob(activities))
}

/** Names, sequences (adapters included) and groups of all elements, in the dataset's order. */
export function readAllElements(database: ReadableDatabase, dataset: number): { names: string[]; sequences: string[]; groups: Int32Array } {
  const names: string[] = []
  const sequences: string[] = []
  const groups: number[] = []
  const rows = database.prepare<{ name: string; sequence: string; group_number: number }>(
    'SELECT name, sequence, group_number FROM elements WHERE dataset = ? ORDER BY position',
  )
  for (const row of rows.iterate(dataset)) {
    names.push(row.name)
    sequences.push(row.sequence)
    groups.push(row.group_number)
  }
  return { names, sequences, groups: Int32Array.from(groups) }
}

/** A page of elements whose names hold `search`, letters of either case, and how many there are in all. */
export function readElements(
  database: ReadableDatabase,
  dataset: number,
  { offset, limit, search }: { readonly offset: number; readonly limit: number; readonly search: string },
): { total: number; elements: Element[] } {
  const { elements: all } = findRow(database, dataset)
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const where = search === '' ? 'dataset = ?' : "dataset = ? AND name LIKE ? ESCAPE '\\'"
  const bound = search === '' ? [dataset] : [dataset, pattern]
  const total = search === '' ? all : database.prepare<{ n: number }>(`SELECT count(*) AS n FROM elements WHERE ${where}`).get(...bound)!.n
  const rows = database
    .prepare<{ position: number; name: string; sequence: string }>(
      `SELECT position, name, sequence FROM elements WHERE ${where} ORDER BY position LIMIT ? OFFSET ?`,
    )
    .all(...bound, limit, offset)
  const activities = readActivities(database, dataset)
  const orNull = (value: number) => (Number.isNaN(value) ? null : value)
  return {
    total,
    elements: rows.map(({ position, name, sequence }) => ({
      name,
      sequence,
      activities: activities.map((vector) => orNull(vector[position]!)),
    })),
  }
}

/** Every name that stands on one side only, sequences first. */
export function readUnmatchedNames(database: ReadableDatabase, dataset: number): UnmatchedName[] {
  return database
    .prepare<UnmatchedName>(
      'SELECT side, cell_type AS cellType, name FROM unmatched_names WHERE dataset = ? ORDER BY side DESC, cell_type, name',
    )
    .all(dataset)
}
