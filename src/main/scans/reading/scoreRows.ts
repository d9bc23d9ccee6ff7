import type { Scan, Score, ScoreQuery } from '../../../shared/domain/scan.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { asksForNothing, queryScores } from './queryScores.ts'
import { rowMaker, rowReader } from './rowReader.ts'
import { scanColumns } from './scanColumns.ts'

const AT_ONCE = 1000

/** Rows of a scan that a query keeps, in its order, and how many there are. */
export interface ScoreRows {
  readonly total: number
  readonly batches: AsyncIterable<Score[]>
}

/**
 * All rows that a query keeps, some at a time. In the file's order they are read chunk by chunk; in any other every chunk would be
 * read again and again, so they are put together from the scan's columns.
 */
export async function scoreRows(database: ReadableDatabase, scan: Scan, query: ScoreQuery, breathe: Breathe): Promise<ScoreRows> {
  if (asksForNothing(query)) {
    const rowAt = rowReader(database, scan)
    return { total: scan.scored, batches: inBatches(scan.scored, (i) => rowAt(i), breathe) }
  }
  const positions = await queryScores(database, scan, query, breathe)
  const rowAt = await rowsFromColumns(database, scan)
  return { total: positions.length, batches: inBatches(positions.length, (i) => rowAt(positions[i]!), breathe) }
}

async function* inBatches(total: number, rowAt: (i: number) => Score, breathe: Breathe): AsyncGenerator<Score[]> {
  for (let from = 0; from < total; from += AT_ONCE) {
    yield Array.from({ length: Math.min(AT_ONCE, total - from) }, (_, i) => rowAt(from + i))
    await breathe()
  }
}

async function rowsFromColumns(database: ReadableDatabase, scan: Scan): Promise<(position: number) => Score> {
  const columns = scanColumns(database, scan)
  const { names, lines, lengths, fitted, windows } = await columns.words()
  const numbers = await columns.numbers()
  const toRow = rowMaker(database, scan)
  return (position) =>
    toRow({
      position,
      name: names[position]!,
      line: lines[position]!,
      length: lengths[position]!,
      fitted: fitted.get(position) ?? null,
      windows: windows.get(position) ?? 0,
      scores: numbers.scores.map((column) => column[position]!),
      spread: numbers.spread.map((column) => column[position]),
      gc: numbers.gc[position],
      distance: numbers.distance[position],
      flags: numbers.flags[position]!,
    })
}
