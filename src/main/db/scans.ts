import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ModelReference } from '../../shared/domain/model.ts'
import type { Scan, ScanState, Score, Skipped } from '../../shared/domain/scan.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { Parameter, ReadableDatabase, Statement, WritableDatabase } from './database.ts'
import { scoresInCellType, scoresReader } from './scanScores.ts'
import { toBlob } from './vectors.ts'

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

/** Rows that go in by one statement: crossing into SQLite costs more than a row. */
const ROWS_AT_ONCE = 64
const insertSequences = (rows: number) =>
  `INSERT INTO scan_sequences (scan, position, name, line, length, fitted) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?)').join()}`
/** Prepared once a database: to read so long a statement takes as long as a tenth of a chunk's rows. */
const insertsOfMany = new WeakMap<WritableDatabase, Statement<never>>()
function insertMany(database: WritableDatabase): Statement<never> {
  let insert = insertsOfMany.get(database)
  if (!insert) insertsOfMany.set(database, (insert = database.prepare(insertSequences(ROWS_AT_ONCE))))
  return insert
}

/** Keeps a chunk after those before it, in one transaction. */
export function saveScanChunk(database: WritableDatabase, id: number, { scored, scores, skipped, seconds }: ScanChunk): void {
  database.transaction(() => {
    const scan = readScan(database, id)
    for (let from = 0; from < scored.length; from += ROWS_AT_ONCE) {
      const rows = scored.slice(from, from + ROWS_AT_ONCE)
      const values: Parameter[] = []
      rows.forEach(({ name, line, length, fitted }, i) => values.push(id, scan.scored + from + i, name, line, length, fitted))
      const insert = rows.length === ROWS_AT_ONCE ? insertMany(database) : database.prepare(insertSequences(rows.length))
      insert.run(...values)
    }
    if (scored.length > 0)
      database.prepare('INSERT INTO scan_score_chunks (scan, start, scores) VALUES (?, ?, ?)').run(id, scan.scored, toBlob(scores))
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
  const matching = `scan = ? AND (? = '' OR instr(lower(name), lower(?)) > 0)`
  const total =
    search === ''
      ? scan.scored
      : database.prepare<{ n: number }>(`SELECT count(*) AS n FROM scan_sequences WHERE ${matching}`).get(scan.id, search, search)!.n
  const cellType = sort ? scan.cellTypes.indexOf(sort.by) : -1
  if (sort && cellType >= 0) {
    const found = search === '' ? null : database.prepare<{ position: number }>(`SELECT position FROM scan_sequences WHERE ${matching}`)
    const positions = found?.all(scan.id, search, search).map(({ position }) => position) ?? [...Array(scan.scored).keys()]
    const best = byScore(positions, scoresInCellType(database, scan, cellType), sort.descending).slice(offset, offset + limit)
    const one = database.prepare<SequenceRow>(`${selectSequences} WHERE scan = ? AND position = ?`)
    const rows = best.map((position) => one.get(scan.id, position)!)
    return { total, scores: withScores(database, scan, rows) }
  }
  if (sort && !['name', 'length', 'line'].includes(sort.by))
    throw new WorkbenchError('invalid-input', `The scores have no column ${sort.by}.`)
  const order = sort ? `${sort.by} ${sort.descending ? 'DESC' : 'ASC'}, position` : 'position'
  const rows = database
    .prepare<SequenceRow>(`${selectSequences} WHERE ${matching} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(scan.id, search, search, limit, offset)
  return { total, scores: withScores(database, scan, rows) }
}

/** Positions by their scores; those with the same score in the file's order. */
function byScore(positions: number[], scores: Float32Array, descending: boolean): number[] {
  const sign = descending ? -1 : 1
  return positions.sort((a, b) => sign * (scores[a]! - scores[b]!) || a - b)
}

/** Scores of a scan in the file's order, from a position on; fewer than `limit` at the end. */
export function readScoresFrom(database: ReadableDatabase, scan: Scan, position: number, limit: number): Score[] {
  const rows = database
    .prepare<SequenceRow>(`${selectSequences} WHERE scan = ? AND position >= ? ORDER BY position LIMIT ?`)
    .all(scan.id, position, limit)
  return withScores(database, scan, rows)
}

interface SequenceRow extends Omit<Score, 'scores'> {
  position: number
}

const selectSequences = 'SELECT position, name, line, length, fitted FROM scan_sequences'

function withScores(database: ReadableDatabase, scan: Scan, rows: readonly SequenceRow[]): Score[] {
  const scoresAt = scoresReader(database, scan)
  return rows.map(({ position, ...row }) => ({ ...row, scores: scoresAt(position) }))
}
