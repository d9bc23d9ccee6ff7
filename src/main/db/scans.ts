import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import {
  scanOptionsSchema,
  type Preflight,
  type Scan,
  type ScanColumn,
  type ScanModel,
  type ScanOptions,
  type ScanState,
  type Skipped,
} from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { insertChunk, insertPieces, type ChunkDoubts, type ScanChunk } from './scanChunks.ts'
import { toBlob } from './vectors.ts'

/** A scan's models as they are kept; whether they are there still is looked up. */
type KeptModel = Omit<ScanModel, 'available'>

/** A scan, with what only the core needs to know of it. */
export interface StoredScan extends Scan {
  /** Bases from a window's start to its end. */
  readonly windowLength: number
}

interface ScanRow extends Omit<StoredScan, 'models' | 'columns' | 'options' | 'rate' | 'secondsLeft'> {
  models: string
  columns: string
  options: string
}

const selectScans = /* sql */ `
  SELECT id, name, models, columns, target, options, layout, file, state, created_at AS createdAt, binned_at AS binnedAt,
    model_length AS modelLength, window_length AS windowLength, scored, skipped, records, windows, assessed, seconds, message
  FROM scans`

function toScan(database: ReadableDatabase, { models, columns, options, ...row }: ScanRow): StoredScan {
  return {
    ...row,
    models: (JSON.parse(models) as KeptModel[]).map((model) => ({ ...model, available: isAvailable(database, model.reference) })),
    columns: JSON.parse(columns) as ScanColumn[],
    // Options of an earlier version lack what was added since.
    options: scanOptionsSchema.parse(JSON.parse(options)),
    rate: null,
    secondsLeft: null,
  }
}

/** Whether the workspace still holds what scored, outside the bin. */
function isAvailable(database: ReadableDatabase, of: ScorerReference): boolean {
  const [table, id] =
    'run' in of
      ? [`runs WHERE state = 'completed' AND binned_at IS NULL`, of.run]
      : 'model' in of
        ? ['models WHERE removed_at IS NULL', of.model]
        : ['ensembles WHERE removed_at IS NULL', of.ensemble]
  return database.prepare<{ id: number }>(`SELECT id FROM ${table} AND id = ?`).get(id) !== undefined
}

/** The scans outside the bin, or those in it, newest first. */
export function readScans(database: ReadableDatabase, binned = false): StoredScan[] {
  return database
    .prepare<ScanRow>(`${selectScans} WHERE binned_at IS ${binned ? 'NOT NULL' : 'NULL'} ORDER BY id DESC`)
    .all()
    .map((row) => toScan(database, row))
}

/** @throws WorkbenchError `not-found` */
export function readScan(database: ReadableDatabase, id: number): StoredScan {
  const row = database.prepare<ScanRow>(`${selectScans} WHERE id = ?`).get(id)
  if (!row) throw new WorkbenchError('not-found', `There is no scan ${id} in this workspace.`, { hint: 'Look at the list of scans.' })
  return toScan(database, row)
}

export interface NewScan {
  readonly name: string
  readonly models: readonly KeptModel[]
  readonly columns: readonly ScanColumn[]
  readonly target: Target
  readonly options: ScanOptions
  readonly layout: Preflight['layout']
  readonly file: string
  readonly modelLength: number
  readonly windowLength: number
  /** Null where nobody has counted them. */
  readonly records: number | null
  readonly createdAt: string
  readonly source: ScanSource
}

/** Where a scan reads from, and by what it is known to be unchanged. */
export interface ScanSource {
  readonly source: Source
  readonly fingerprint: string
}

/** Keeps a scan that is about to run, and returns its id. */
export function createScan(database: WritableDatabase, scan: NewScan): number {
  return database.transaction(() => {
    const { lastInsertRowid: id } = database
      .prepare(
        `INSERT INTO scans (name, models, columns, target, options, layout, file, state, created_at, model_length, window_length, records)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?)`,
      )
      .run(
        scan.name,
        JSON.stringify(scan.models),
        JSON.stringify(scan.columns),
        scan.target,
        JSON.stringify(scan.options),
        scan.layout,
        scan.file,
        scan.createdAt,
        scan.modelLength,
        scan.windowLength,
        scan.records,
      )
    const { source, fingerprint } = scan.source
    database.prepare('INSERT INTO scan_sources (scan, source, fingerprint) VALUES (?, ?, ?)').run(id, JSON.stringify(source), fingerprint)
    return id
  })
}

/** Where a scan that has not ended for good reads from; undefined once it has. */
export function readScanSource(database: ReadableDatabase, id: number): ScanSource | undefined {
  const row = database
    .prepare<{ source: string; fingerprint: string }>('SELECT source, fingerprint FROM scan_sources WHERE scan = ?')
    .get(id)
  return row && { source: JSON.parse(row.source) as Source, fingerprint: row.fingerprint }
}

/** Forgets where a scan reads from: it cannot go on any more. */
export function forgetScanSource(database: WritableDatabase, id: number): void {
  database.prepare('DELETE FROM scan_sources WHERE scan = ?').run(id)
}

/** Uploads that scans which may go on read from, the genomes of BED files among them. */
export function readUploadsOfScans(database: ReadableDatabase): string[] {
  return database
    .prepare<{ upload: string }>(
      `SELECT json_extract(source, '$.upload') AS upload FROM scan_sources WHERE json_extract(source, '$.kind') = 'upload'
       UNION
       SELECT json_extract(options, '$.genome.upload') FROM scans JOIN scan_sources ON scan_sources.scan = scans.id
       WHERE json_extract(options, '$.genome.kind') = 'upload'`,
    )
    .all()
    .map(({ upload }) => upload)
}

/** Has a scan that has ended run again. */
export function continueScan(database: WritableDatabase, id: number): void {
  database.prepare(`UPDATE scans SET state = 'running', message = NULL WHERE id = ? AND state <> 'completed'`).run(id)
}

/** Ends a scan that is running; one that has ended stays as it is. What is completed need not be read again. */
export function endScan(database: WritableDatabase, id: number, state: Exclude<ScanState, 'running'>, message: string | null): void {
  database.transaction(() => {
    const { changes } = database
      .prepare(`UPDATE scans SET state = ?, message = ? WHERE id = ? AND state = 'running'`)
      .run(state, message, id)
    if (changes === 0 || state !== 'completed') return
    database.prepare('UPDATE scans SET records = scored + skipped WHERE id = ?').run(id)
    forgetScanSource(database, id)
  })
}

/** Marks what a crash left running, and returns how many scans that were. */
export function interruptRunningScans(database: WritableDatabase, message: string): number {
  return database.prepare(`UPDATE scans SET state = 'interrupted', message = ? WHERE state = 'running'`).run(message).changes
}

/** @throws WorkbenchError `not-found` */
export function renameScan(database: WritableDatabase, id: number, name: string): void {
  readScan(database, id)
  database.prepare('UPDATE scans SET name = ? WHERE id = ?').run(name, id)
}

/** Puts a scan into the bin, or takes it out. @throws WorkbenchError `not-found` */
export function setScanBinned(database: WritableDatabase, id: number, binnedAt: string | null): void {
  readScan(database, id)
  database.prepare('UPDATE scans SET binned_at = ? WHERE id = ?').run(binnedAt, id)
}

/** Deletes a scan for good, with all that is kept of it, and returns how many bytes of vectors that were. */
export function deleteScan(database: WritableDatabase, id: number): number {
  return database.transaction(() => {
    const { bytes } = database
      .prepare<{ bytes: number | null }>(
        `SELECT
           (SELECT coalesce(sum(length(sequences) + length(scores) + coalesce(length(bases), 0) + coalesce(length(spread), 0)), 0) FROM scan_chunks WHERE scan = ?)
         + (SELECT coalesce(sum(length(scores) + length(packed)), 0) FROM scan_pieces WHERE scan = ?) AS bytes`,
      )
      .get(id, id)!
    database.prepare('DELETE FROM scans WHERE id = ?').run(id)
    return bytes ?? 0
  })
}

/** Keeps a chunk after those before it, in one transaction. */
export function saveScanChunk(database: WritableDatabase, id: number, chunk: ScanChunk): void {
  database.transaction(() => {
    const scan = database.prepare<Pick<Scan, 'scored' | 'skipped'>>('SELECT scored, skipped FROM scans WHERE id = ?').get(id)
    // Deleted meanwhile: there is nothing to keep it in.
    if (!scan) throw new WorkbenchError('not-found', 'The scan was deleted.')
    const { scored, skipped, seconds, dropped } = chunk
    for (const position of dropped) database.prepare('DELETE FROM scan_pieces WHERE scan = ? AND position = ?').run(id, position)
    insertPieces(database, id, chunk.pieces)
    if (scored.length > 0) insertChunk(database, id, scan.scored, chunk)
    const insertSkipped = database.prepare('INSERT INTO scan_skipped (scan, position, name, line, reason) VALUES (?, ?, ?, ?, ?)')
    skipped.forEach(({ name, line, reason }, i) => insertSkipped.run(id, scan.skipped + i, name, line, reason))
    const windows = scored.reduce((sum, { windows }) => sum + windows, 0)
    database
      .prepare('UPDATE scans SET scored = scored + ?, skipped = skipped + ?, windows = windows + ?, seconds = ? WHERE id = ?')
      .run(scored.length, skipped.length, windows, seconds, id)
  })
}

/** Keeps the doubts of a chunk, which follows those that have been looked at; of a scan that is gone, nothing. */
export function saveDoubts(database: WritableDatabase, id: number, { start, distance, flags }: ChunkDoubts): void {
  database.transaction(() => {
    const { changes } = database.prepare('UPDATE scans SET assessed = ? WHERE id = ?').run(start + flags.length, id)
    if (changes === 0) return
    database
      .prepare('INSERT INTO scan_doubts (scan, start, distance, flags) VALUES (?, ?, ?, ?)')
      .run(id, start, toBlob(distance), toBlob(flags))
  })
}

/** Says that nothing can be found out about what a scan has scored. */
export function endDoubts(database: WritableDatabase, id: number): void {
  database.prepare('UPDATE scans SET assessed = scored WHERE id = ?').run(id)
}

/** Scans that have ended, with sequences whose doubts were not looked for, oldest first. */
export function readScansToAssess(database: ReadableDatabase): number[] {
  return database
    .prepare<{ id: number }>(`SELECT id FROM scans WHERE assessed < scored AND state <> 'running' ORDER BY id`)
    .all()
    .map(({ id }) => id)
}

/** The records that a scan skipped, in the file's order. */
export function readSkipped(database: ReadableDatabase, id: number): Skipped[] {
  return database.prepare<Skipped>('SELECT name, line, reason FROM scan_skipped WHERE scan = ? ORDER BY position').all(id)
}
