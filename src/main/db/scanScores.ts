import type { Scan } from '../../shared/domain/scan.ts'
import type { ReadableDatabase } from './database.ts'
import { float32FromBlob } from './vectors.ts'

interface ScoreChunk {
  readonly start: number
  readonly scores: Uint8Array
}

/** Gives the scores of a scan's sequences by their positions; reads each chunk that it needs once. */
export function scoresReader(database: ReadableDatabase, { id, cellTypes }: Scan): (position: number) => number[] {
  const find = database.prepare<ScoreChunk>(
    'SELECT start, scores FROM scan_score_chunks WHERE scan = ? AND start <= ? ORDER BY start DESC LIMIT 1',
  )
  const width = cellTypes.length
  const read: { start: number; end: number; scores: Float32Array }[] = []
  const chunkWith = (position: number) => {
    const known = read.find(({ start, end }) => position >= start && position < end)
    if (known) return known
    const row = find.get(id, position)
    if (!row) throw new RangeError(`the scan ${id} has no score at ${position}`)
    const scores = float32FromBlob(row.scores)
    const chunk = { start: row.start, end: row.start + scores.length / width, scores }
    read.push(chunk)
    return chunk
  }
  return (position) => {
    const { start, scores } = chunkWith(position)
    return [...scores.subarray((position - start) * width, (position - start + 1) * width)]
  }
}

/** The scores of all sequences of a scan in one of its cell types, in the file's order. */
export function scoresInCellType(database: ReadableDatabase, { id, scored, cellTypes }: Scan, cellType: number): Float32Array {
  const column = new Float32Array(scored)
  const chunks = database.prepare<ScoreChunk>('SELECT start, scores FROM scan_score_chunks WHERE scan = ? ORDER BY start').iterate(id)
  for (const { start, scores } of chunks) {
    const values = float32FromBlob(scores)
    for (let i = 0; i * cellTypes.length < values.length; i++) column[start + i] = values[i * cellTypes.length + cellType]!
  }
  return column
}
