import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ModelReference } from '../../shared/domain/model.ts'
import type { Scan, ScanState, Score, Skipped } from '../../shared/domain/scan.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { insertChunk, readScanTable, rowReader, type ScanTable } from './scanChunks.ts'

interface ScanRow extends Omit<Scan, 'cellTypes' | 'model'> {
  cellTypes: string
  /** Of the run; null where an imported model scored. */
  variant: Variant | null
  datasetName: string | null
  modelName: string | null
}

const selectScans = /* sql */ `
  SELECT scans.id, scans.name, scans.run, scans.model AS importedModel, scans.state, scans.created_at AS createdAt,
    scans.cell_types AS cellTypes, scans.model_length AS modelLength, scans.scored, scans.skipped, scans.seconds, scans.message,
    runs.variant, datasets.name AS datasetName, models.name AS modelName,
    coalesce(json_extract(runs.recipe, '$.target'), json_extract(models.description, '$.target.kind'), 'log2') AS target
  FROM scans
  LEFT JOIN runs ON runs.id = scans.run
  LEFT JOIN experiments ON experiments.id = runs.experiment
  LEFT JOIN datasets ON datasets.id = experiments.dataset
  LEFT JOIN models ON models.id = scans.model`

function toScan({ cellTypes, variant, datasetName, modelName, ...row }: ScanRow): Scan {
  const model = modelName === null ? `${variant}, trained on ${datasetName}` : `${modelName}, imported`
  // Its scores are of another kind than those that everybody expects.
  const scored = row.target === 'specificity' ? `${model}, scoring specificity` : model
  return { ...row, cellTypes: JSON.parse(cellTypes) as string[], model: scored }
}

/** All scans, newest first. */
export function readScans(database: ReadableDatabase): Scan[] {
  return database.prepare<ScanRow>(`${selectScans} ORDER BY scans.id DESC`).all().map(toScan)
}

/** @throws WorkbenchError `not-found` */
export function readScan(database: ReadableDatabase, id: number): Scan {
  const row = database.prepare<ScanRow>(`${selectScans} WHERE scans.id = ?`).get(id)
  if (!row) throw new WorkbenchError('not-found', `There is no scan ${id} in this workspace.`, { hint: 'Look at the list of scans.' })
  return toScan(row)
}

export interface NewScan {
  readonly name: string
  readonly of: ModelReference
  readonly cellTypes: readonly string[]
  readonly modelLength: number
  readonly createdAt: string
}

/** Keeps a scan that is about to run, and returns its id. */
export function createScan(database: WritableDatabase, { name, of, cellTypes, modelLength, createdAt }: NewScan): number {
  const [run, model] = 'run' in of ? [of.run, null] : [null, of.model]
  return database
    .prepare(`INSERT INTO scans (name, run, model, state, created_at, cell_types, model_length) VALUES (?, ?, ?, 'running', ?, ?, ?)`)
    .run(name, run, model, createdAt, JSON.stringify(cellTypes), modelLength).lastInsertRowid
}

/** Ends a scan that is running; one that has ended stays as it is. */
export function endScan(database: WritableDatabase, id: number, state: Exclude<ScanState, 'running'>, message: string | null): void {
  database.prepare(`UPDATE scans SET state = ?, message = ? WHERE id = ? AND state = 'running'`).run(state, message, id)
}

/** Marks what a crash left running, and returns how many scans that were. */
export function interruptRunningScans(database: WritableDatabase, message: string): number {
  return database.prepare(`UPDATE scans SET state = 'interrupted', message = ? WHERE state = 'running'`).run(message).changes
}

/** Scored sequences and skipped records that go into the database together. */
export interface ScanChunk {
  readonly scored: readonly Omit<Score, 'scores'>[]
  /** [sequences, cell types] */
  readonly scores: Float32Array
  readonly skipped: readonly Skipped[]
  /** Seconds since the scan's start. */
  readonly seconds: number
}

/** Keeps a chunk after those before it, in one transaction. */
export function saveScanChunk(database: WritableDatabase, id: number, { scored, scores, skipped, seconds }: ScanChunk): void {
  database.transaction(() => {
    const scan = database.prepare<Pick<Scan, 'scored' | 'skipped'>>('SELECT scored, skipped FROM scans WHERE id = ?').get(id)!
    if (scored.length > 0) insertChunk(database, id, scan.scored, scored, scores)
    const insertSkipped = database.prepare('INSERT INTO scan_skipped (scan, position, name, line, reason) VALUES (?, ?, ?, ?, ?)')
    skipped.forEach(({ name, line, reason }, i) => insertSkipped.run(id, scan.skipped + i, name, line, reason))
    database
      .prepare('UPDATE scans SET scored = scored + ?, skipped = skipped + ?, seconds = ? WHERE id = ?')
      .run(scored.length, skipped.length, seconds, id)
  })
}

/** The records that a scan skipped, in the file's order. */
export function readSkipped(database: ReadableDatabase, id: number): Skipped[] {
  return database.prepare<Skipped>('SELECT name, line, reason FROM scan_skipped WHERE scan = ? ORDER BY position').all(id)
}

export interface ScorePage {
  readonly offset: number
  readonly limit: number
  /** Part of a name, in either case; empty for all. */
  readonly search: string
  /** By `name`, `length`, `line` or a cell type; null for the file's order. */
  readonly sort: { readonly by: string; readonly descending: boolean } | null
}

/**
 * One page of a scan's scores, and how many there are on all pages.
 *
 * @throws WorkbenchError `invalid-input` where there is no such column to sort by.
 */
export function readScorePage(
  database: ReadableDatabase,
  scan: Scan,
  { offset, limit, search, sort }: ScorePage,
): { total: number; scores: Score[] } {
  const rowAt = rowReader(database, scan)
  if (search === '' && sort === null) {
    const end = Math.min(offset + limit, scan.scored)
    return { total: scan.scored, scores: Array.from({ length: Math.max(end - offset, 0) }, (_, i) => rowAt(offset + i)) }
  }
  const table = readScanTable(database, scan)
  const found = positionsNamed(table, search)
  if (sort) sortBy(found, table, scan, sort)
  return { total: found.length, scores: Array.from(found.slice(offset, offset + limit), rowAt) }
}

/** Positions of the sequences whose names hold a text, in either case. */
function positionsNamed({ names }: ScanTable, search: string): Int32Array {
  const all = Int32Array.from(names.keys())
  const text = search.toLowerCase()
  return text === '' ? all : all.filter((position) => names[position]!.toLowerCase().includes(text))
}

/** In place; those that are equal stay in the file's order. @throws WorkbenchError where there is no such column */
function sortBy(positions: Int32Array, table: ScanTable, { cellTypes }: Scan, { by, descending }: NonNullable<ScorePage['sort']>): void {
  const { names, lines, lengths, scores } = table
  const columns = new Map<string, (a: number, b: number) => number>([
    ['name', (a, b) => (names[a]! < names[b]! ? -1 : Number(names[a]! > names[b]!))],
    ['line', (a, b) => lines[a]! - lines[b]!],
    ['length', (a, b) => lengths[a]! - lengths[b]!],
    ...cellTypes.map(
      (name, i) => [name, (a: number, b: number) => scores[a * cellTypes.length + i]! - scores[b * cellTypes.length + i]!] as const,
    ),
  ])
  const compare = columns.get(by)
  if (!compare) throw new WorkbenchError('invalid-input', `The scores have no column ${by}.`)
  const sign = descending ? -1 : 1
  positions.sort((a, b) => sign * compare(a, b) || a - b)
}

/** Scores of a scan in the file's order, from a position on; fewer than `limit` at the end. */
export function readScoresFrom(database: ReadableDatabase, scan: Scan, position: number, limit: number): Score[] {
  return readScorePage(database, scan, { offset: position, limit, search: '', sort: null }).scores
}
