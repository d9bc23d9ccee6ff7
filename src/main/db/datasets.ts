import {
  adaptersSchema,
  datasetSummarySchema,
  importReportSchema,
  type Adapters,
  type DatasetCellType,
  type DatasetSummary,
  type ImportReport,
} from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { DamagedDataset } from '../../shared/domain/shelf.ts'
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
    const id = insertDatasetHead(database, dataset)
    const insertElement = database.prepare('INSERT INTO elements (dataset, position, name, sequence, group_number) VALUES (?, ?, ?, ?, ?)')
    for (const [position, { name, sequence, group }] of dataset.elements.entries()) insertElement.run(id, position, name, sequence, group)
    const insertUnmatched = database.prepare('INSERT INTO unmatched_names (dataset, side, cell_type, name) VALUES (?, ?, ?, ?)')
    for (const { side, cellType, name } of unmatchedRows(dataset)) insertUnmatched.run(id, side, cellType, name)
    return id
  })
}

/** The rows of a dataset that are few: its own and those of its cell types and replicates, for a transaction with the others. */
export function insertDatasetHead(database: WritableDatabase, dataset: NewDataset): number {
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
  for (const [position, cellType] of dataset.cellTypes.entries()) insertCellType(database, id, position, cellType)
  return id
}

export function* unmatchedRows({ unmatched }: Pick<NewDataset, 'unmatched'>): Generator<UnmatchedName> {
  for (const [cellType, names] of unmatched.activities) for (const name of names) yield { side: 'activity', cellType, name }
  for (const name of unmatched.sequences) yield { side: 'sequence', cellType: '', name }
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
  const taken = database
    .prepare<{ binned_at: string | null }>('SELECT binned_at FROM datasets WHERE name = ? AND id <> ?')
    .get(name, except)
  if (!taken) return
  const where = taken.binned_at === null ? '' : ', in the bin'
  throw new WorkbenchError('conflict', `There is a dataset named ${name} already${where}.`, { hint: 'Choose another name.' })
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
  notes: string
  tags: string
  starred: number
  binned_at: string | null
}

/** The datasets on the shelf, or those in the bin, the newest first, without the damaged ones. */
export function listDatasets(database: ReadableDatabase, binned = false): DatasetSummary[] {
  return readAllRows(database).flatMap((row) => {
    if ((row.binned_at !== null) !== binned) return []
    const summary = summaryOrReason(database, row)
    return typeof summary === 'string' ? [] : [summary]
  })
}

/** The datasets whose rows cannot be read, the newest first. They are told apart from the others, which they must not take along. */
export function listDamagedDatasets(database: ReadableDatabase): DamagedDataset[] {
  return readAllRows(database).flatMap((row) => {
    const summary = summaryOrReason(database, row)
    return typeof summary === 'string' ? [{ id: row.id, name: row.name, reason: summary, binned: row.binned_at !== null }] : []
  })
}

function readAllRows(database: ReadableDatabase): DatasetRow[] {
  return database.prepare<DatasetRow>('SELECT * FROM datasets ORDER BY id DESC').all()
}

/** A dataset with what its import saw. @throws WorkbenchError `not-found` */
export function readDataset(database: ReadableDatabase, id: number): DatasetSummary & { adapters: Adapters; report: ImportReport } {
  const row = findRow(database, id)
  return {
    ...toSummary(database, row),
    adapters: stored(row, 'adapters', adaptersSchema),
    report: stored(row, 'report', importReportSchema),
  }
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

/** @throws WorkbenchError `unavailable` where the row is damaged */
function toSummary(database: ReadableDatabase, row: DatasetRow): DatasetSummary {
  const summary = summaryOrReason(database, row)
  if (typeof summary === 'object') return summary
  throw damaged(row.name, summary)
}

/** A dataset in brief, or what is wrong with its row, as the end of a sentence. */
function summaryOrReason(database: ReadableDatabase, row: DatasetRow): DatasetSummary | string {
  try {
    const { unmatched } = stored(row, 'report', importReportSchema)
    const summary = datasetSummarySchema.safeParse({
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
      notes: row.notes,
      tags: stored(row, 'tags', datasetSummarySchema.shape.tags),
      starred: row.starred === 1,
      binnedAt: row.binned_at,
    })
    if (!summary.success) return `what is stored as its ${summary.error.issues[0]!.path.join(', ')} makes no sense`
    stored(row, 'adapters', adaptersSchema)
    return summary.data.cellTypes.length > 0 ? summary.data : 'its activities are gone'
  } catch (fault) {
    if (fault instanceof DamagedColumn) return fault.message
    throw fault
  }
}

class DamagedColumn extends Error {}

const columnWords = { report: 'what its import saw', adapters: 'its adapters', tags: 'its tags' } as const

function stored<T>(
  row: DatasetRow,
  column: keyof typeof columnWords,
  schema: { safeParse(value: unknown): { data?: T; success: boolean } },
): T {
  const read = schema.safeParse(parsed(row[column]))
  if (!read.success) throw new DamagedColumn(`${columnWords[column]} cannot be read`)
  return read.data as T
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function damaged(name: string, reason: string): WorkbenchError {
  return new WorkbenchError('unavailable', `The dataset ${name} is damaged: ${reason}.`, {
    hint: 'Import its files again, and put the damaged one into the bin.',
  })
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

/** Every name that stands on one side only, sequences first. */
export function readUnmatchedNames(database: ReadableDatabase, dataset: number): UnmatchedName[] {
  return database
    .prepare<UnmatchedName>(
      'SELECT side, cell_type AS cellType, name FROM unmatched_names WHERE dataset = ? ORDER BY side DESC, cell_type, name',
    )
    .all(dataset)
}
