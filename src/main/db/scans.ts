import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Scan, ScanState, Score, Skipped } from '../../shared/domain/scan.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'

interface ScanRow extends Omit<Scan, 'cellTypes' | 'model'> {
  cellTypes: string
  variant: Variant
  datasetName: string
}

const selectScans = /* sql */ `
  SELECT scans.id, scans.name, scans.run, scans.state, scans.created_at AS createdAt, scans.cell_types AS cellTypes,
    scans.model_length AS modelLength, scans.scored, scans.skipped, scans.seconds, scans.message,
    runs.variant, datasets.name AS datasetName
  FROM scans
  JOIN runs ON runs.id = scans.run
  JOIN experiments ON experiments.id = runs.experiment
  JOIN datasets ON datasets.id = experiments.dataset`

function toScan({ cellTypes, variant, datasetName, ...row }: ScanRow): Scan {
  return { ...row, cellTypes: JSON.parse(cellTypes) as string[], model: `${variant}, trained on ${datasetName}` }
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
  readonly run: number
  readonly cellTypes: readonly string[]
  readonly modelLength: number
  readonly createdAt: string
}

/** Keeps a scan that is about to run, and returns its id. */
export function createScan(database: WritableDatabase, { name, run, cellTypes, modelLength, createdAt }: NewScan): number {
  return database
    .prepare(`INSERT INTO scans (name, run, state, created_at, cell_types, model_length) VALUES (?, ?, 'running', ?, ?, ?)`)
    .run(name, run, createdAt, JSON.stringify(cellTypes), modelLength).lastInsertRowid
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
    const scan = readScan(database, id)
    const insertSequence = database.prepare(
      'INSERT INTO scan_sequences (scan, position, name, line, length, fitted) VALUES (?, ?, ?, ?, ?, ?)',
    )
    const insertScore = database.prepare('INSERT INTO scan_scores (scan, cell_type, position, score) VALUES (?, ?, ?, ?)')
    const insertSkipped = database.prepare('INSERT INTO scan_skipped (scan, position, name, line, reason) VALUES (?, ?, ?, ?, ?)')
    scored.forEach(({ name, line, length, fitted }, i) => {
      const position = scan.scored + i
      insertSequence.run(id, position, name, line, length, fitted)
      scan.cellTypes.forEach((_, c) => insertScore.run(id, c, position, scores[i * scan.cellTypes.length + c]!))
    })
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
  const direction = sort?.descending ? 'DESC' : 'ASC'
  const cellType = sort ? scan.cellTypes.indexOf(sort.by) : -1
  let order = `ORDER BY position ${direction}`
  if (cellType >= 0) {
    order = `ORDER BY (SELECT score FROM scan_scores AS s WHERE s.scan = q.scan AND s.cell_type = ${cellType} AND s.position = q.position) ${direction}, position`
  } else if (sort) {
    if (!['name', 'length', 'line'].includes(sort.by)) throw new WorkbenchError('invalid-input', `The scores have no column ${sort.by}.`)
    order = `ORDER BY ${sort.by} ${direction}, position`
  }
  const rows = database
    .prepare<SequenceRow>(
      `SELECT position, name, line, length, fitted FROM scan_sequences AS q WHERE ${matching} ${order} LIMIT ? OFFSET ?`,
    )
    .all(scan.id, search, search, limit, offset)
  return { total, scores: withScores(database, scan, rows) }
}

/** Scores of a scan in the file's order, from a position on; fewer than `limit` at the end. */
export function readScoresFrom(database: ReadableDatabase, scan: Scan, position: number, limit: number): Score[] {
  const rows = database
    .prepare<SequenceRow>(
      'SELECT position, name, line, length, fitted FROM scan_sequences WHERE scan = ? AND position >= ? ORDER BY position LIMIT ?',
    )
    .all(scan.id, position, limit)
  return withScores(database, scan, rows)
}

interface SequenceRow extends Omit<Score, 'scores'> {
  position: number
}

function withScores(database: ReadableDatabase, scan: Scan, rows: readonly SequenceRow[]): Score[] {
  const score = database.prepare<{ score: number }>('SELECT score FROM scan_scores WHERE scan = ? AND cell_type = ? AND position = ?')
  return rows.map(({ position, ...row }) => ({ ...row, scores: scan.cellTypes.map((_, c) => score.get(scan.id, c, position)!.score) }))
}
