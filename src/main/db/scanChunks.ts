import type { Scan, Score } from '../../shared/domain/scan.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { float32FromBlob, toBlob } from './vectors.ts'

/** What is known of a chunk's sequences, in the file's order, as it is stored. */
interface ChunkSequences {
  readonly names: readonly string[]
  readonly lines: readonly number[]
  readonly lengths: readonly number[]
  /** What was done to those that did not fit the model, by their places in the chunk. */
  readonly fitted: readonly (readonly [place: number, note: string])[]
}

interface ChunkRow {
  readonly start: number
  readonly sequences: string
  readonly scores: Uint8Array
}

/** A scan's table in columns. */
export interface ScanTable {
  readonly names: readonly string[]
  readonly lines: readonly number[]
  readonly lengths: readonly number[]
  /** [sequences, cell types] */
  readonly scores: Float32Array
}

/** Stores sequences and their scores, [sequences, cell types], as those from position `start` on. */
export function insertChunk(
  database: WritableDatabase,
  scan: number,
  start: number,
  scored: readonly Omit<Score, 'scores'>[],
  scores: Float32Array,
): void {
  const sequences: ChunkSequences = {
    names: scored.map(({ name }) => name),
    lines: scored.map(({ line }) => line),
    lengths: scored.map(({ length }) => length),
    fitted: scored.flatMap(({ fitted }, place) => (fitted === null ? [] : [[place, fitted] as const])),
  }
  database
    .prepare('INSERT INTO scan_chunks (scan, start, sequences, scores) VALUES (?, ?, ?, ?)')
    .run(scan, start, JSON.stringify(sequences), toBlob(scores))
}

/** Gives the rows of a scan by their positions; reads each chunk that it needs once. */
export function rowReader(database: ReadableDatabase, { id, cellTypes }: Scan): (position: number) => Score {
  const find = database.prepare<ChunkRow>('SELECT * FROM scan_chunks WHERE scan = ? AND start <= ? ORDER BY start DESC LIMIT 1')
  const width = cellTypes.length
  const read: { start: number; end: number; rowAt: (place: number) => Score }[] = []
  const chunkWith = (position: number) => {
    const known = read.find(({ start, end }) => position >= start && position < end)
    if (known) return known
    const row = find.get(id, position)
    if (!row) throw new RangeError(`the scan ${id} has no sequence at ${position}`)
    const { names, lines, lengths, fitted } = JSON.parse(row.sequences) as ChunkSequences
    const notes = new Map(fitted)
    const scores = float32FromBlob(row.scores)
    const rowAt = (place: number): Score => ({
      name: names[place]!,
      line: lines[place]!,
      length: lengths[place]!,
      fitted: notes.get(place) ?? null,
      scores: [...scores.subarray(place * width, (place + 1) * width)],
    })
    const chunk = { start: row.start, end: row.start + names.length, rowAt }
    read.push(chunk)
    return chunk
  }
  return (position) => {
    const { start, rowAt } = chunkWith(position)
    return rowAt(position - start)
  }
}

/** The table read last on a connection: whoever sorts or searches does it again and again in the same one. */
const lastTables = new WeakMap<ReadableDatabase, { readonly scan: number; readonly scored: number; readonly table: ScanTable }>()

/** All of a scan's sequences, to sort and to search. */
export function readScanTable(database: ReadableDatabase, { id, scored, cellTypes }: Scan): ScanTable {
  const last = lastTables.get(database)
  if (last?.scan === id && last.scored === scored) return last.table
  const names: string[] = []
  const lines: number[] = []
  const lengths: number[] = []
  const scores = new Float32Array(scored * cellTypes.length)
  for (const row of database.prepare<ChunkRow>('SELECT * FROM scan_chunks WHERE scan = ? ORDER BY start').iterate(id)) {
    const sequences = JSON.parse(row.sequences) as ChunkSequences
    scores.set(float32FromBlob(row.scores), row.start * cellTypes.length)
    sequences.names.forEach((name, place) => {
      names.push(name)
      lines.push(sequences.lines[place]!)
      lengths.push(sequences.lengths[place]!)
    })
  }
  const table = { names, lines, lengths, scores }
  lastTables.set(database, { scan: id, scored, table })
  return table
}
