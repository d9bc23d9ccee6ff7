import type { Scan, Skipped } from '../../shared/domain/scan.ts'
import { afterPacked, unpackBases } from '../../shared/dna/packBases.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { float32FromBlob, toBlob } from './vectors.ts'

/** What is known of a scored sequence beside its numbers. */
export interface ScoredSequence {
  readonly name: string
  readonly line: number
  readonly length: number
  /** What was done to fit it to the model, in words; null when nothing. */
  readonly fitted: string | null
  /** Windows that it was cut into; 0 where it was scored in one piece. */
  readonly windows: number
}

/** Numbers of a chunk's sequences, in their order. */
export interface ChunkNumbers {
  /** [sequences, columns]; of windows, the highest. */
  readonly scores: Float32Array
  /** Standard deviation over an ensemble's members, [sequences, columns], NaN in columns of one member; null without an ensemble. */
  readonly spread: Float32Array | null
  /** Share of G and C among A, C, G and T, [sequences]; NaN where there are none of them. */
  readonly gc: Float32Array
  /** A bit each, in the order of `scoreFlags`, [sequences]. */
  readonly flags: Uint8Array
}

/** Windows' scores and bases of a sequence, from a place of it on. */
export interface ScanPiece {
  /** The sequence's, in the scan. */
  readonly position: number
  readonly firstWindow: number
  readonly windows: number
  readonly firstBase: number
  readonly bases: number
  /** [windows, columns] */
  readonly scores: Float32Array
  /** The same; null without an ensemble. */
  readonly spread: Float32Array | null
  /** By `packBases`. */
  readonly packed: Uint8Array
}

/** Scored sequences and skipped records that go into the database together. */
export interface ScanChunk extends ChunkNumbers {
  readonly scored: readonly ScoredSequence[]
  /** Of the sequences that were scored in one piece, by `packBases`, one after the other. */
  readonly bases: Uint8Array
  /** Of sequences that were cut into windows: those among `scored`, and one more that is not yet read to its end. */
  readonly pieces: readonly ScanPiece[]
  /** Sequences whose earlier pieces are not to be kept: their end turned out to be no DNA. */
  readonly dropped: readonly number[]
  readonly skipped: readonly Skipped[]
  /** Seconds of work on the scan so far. */
  readonly seconds: number
}

/** What is known of a chunk's sequences, as it is stored. */
interface ChunkSequences {
  readonly names: readonly string[]
  readonly lines: readonly number[]
  readonly lengths: readonly number[]
  /** What was done to those that did not fit the model, by their places in the chunk. */
  readonly fitted: readonly (readonly [place: number, note: string])[]
  /** Those that were cut into windows. */
  readonly windows?: readonly (readonly [place: number, count: number])[]
}

/** What is found out about a chunk's sequences once they are scored. */
export interface ChunkDoubts {
  /** The chunk's: position of its first sequence. */
  readonly start: number
  /** Share of the training sequences whose 4-mers are nearer to the training part's, 0 to 100, [sequences]; NaN where not known. */
  readonly distance: Float32Array
  /** Beside those of the chunk, [sequences]. */
  readonly flags: Uint8Array
}

interface ChunkRow {
  readonly start: number
  readonly sequences: string
  readonly scores: Uint8Array
  readonly spread: Uint8Array | null
  readonly gc: Uint8Array | null
  readonly distance: Uint8Array | null
  readonly flags: Uint8Array | null
  readonly laterFlags: Uint8Array | null
}

/** A chunk as it is read again, with its doubts; what is not known, or not yet, is null. */
export interface StoredChunk extends Omit<ChunkNumbers, 'gc' | 'flags'> {
  /** Position of its first sequence. */
  readonly start: number
  readonly sequences: readonly ScoredSequence[]
  readonly gc: Float32Array | null
  readonly distance: Float32Array | null
  readonly flags: Uint8Array | null
}

/** Stores a chunk's sequences as those from position `start` on. */
export function insertChunk(database: WritableDatabase, scan: number, start: number, chunk: ScanChunk): void {
  const { scored, scores, spread, gc, flags, bases } = chunk
  const windows = scored.flatMap((sequence, place) => (sequence.windows === 0 ? [] : [[place, sequence.windows] as const]))
  const sequences: ChunkSequences = {
    names: scored.map(({ name }) => name),
    lines: scored.map(({ line }) => line),
    lengths: scored.map(({ length }) => length),
    fitted: scored.flatMap(({ fitted }, place) => (fitted === null ? [] : [[place, fitted] as const])),
    ...(windows.length > 0 && { windows }),
  }
  database
    .prepare('INSERT INTO scan_chunks (scan, start, sequences, scores, spread, gc, flags, bases) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(scan, start, JSON.stringify(sequences), toBlob(scores), spread && toBlob(spread), toBlob(gc), toBlob(flags), toBlob(bases))
}

export function insertPieces(database: WritableDatabase, scan: number, pieces: readonly ScanPiece[]): void {
  if (pieces.length === 0) return
  const insert = database.prepare(
    'INSERT INTO scan_pieces (scan, position, first_window, windows, first_base, bases, scores, spread, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { position, firstWindow, windows, firstBase, bases, scores, spread, packed } of pieces) {
    insert.run(scan, position, firstWindow, windows, firstBase, bases, toBlob(scores), spread && toBlob(spread), toBlob(packed))
  }
}

const selectChunks = /* sql */ `
  SELECT start, sequences, scores, spread, gc, distance, scan_chunks.flags AS flags, scan_doubts.flags AS laterFlags
  FROM scan_chunks LEFT JOIN scan_doubts USING (scan, start)`

function toChunk({ start, sequences, scores, spread, gc, distance, flags, laterFlags }: ChunkRow): StoredChunk {
  const { names, lines, lengths, fitted, windows = [] } = JSON.parse(sequences) as ChunkSequences
  const notes = new Map(fitted)
  const counts = new Map(windows)
  return {
    start,
    sequences: names.map((name, place) => ({
      name,
      line: lines[place]!,
      length: lengths[place]!,
      fitted: notes.get(place) ?? null,
      windows: counts.get(place) ?? 0,
    })),
    scores: float32FromBlob(scores),
    spread: spread && float32FromBlob(spread),
    gc: gc && float32FromBlob(gc),
    distance: distance && float32FromBlob(distance),
    flags: bothFlags(flags, laterFlags),
  }
}

/** Flags of a chunk with those that were found later. */
export function bothFlags(flags: Uint8Array | null, later: Uint8Array | null): Uint8Array | null {
  return flags && later ? flags.map((bits, place) => bits | later[place]!) : flags
}

/** The chunks of a scan in the file's order, one at a time. */
export function* readChunks(database: ReadableDatabase, scan: number): Generator<StoredChunk> {
  const rows = database.prepare<ChunkRow>(`${selectChunks} WHERE scan = ? ORDER BY start`)
  for (const row of rows.iterate(scan)) yield toChunk(row)
}

/** Gives the chunk that holds a position of a scan; the one read last is kept at hand. @throws RangeError where there is none */
export function chunkReader(database: ReadableDatabase, scan: number): (position: number) => StoredChunk {
  const find = database.prepare<ChunkRow>(`${selectChunks} WHERE scan = ? AND start <= ? ORDER BY start DESC LIMIT 1`)
  let last: StoredChunk | undefined
  const holds = ({ start, sequences }: StoredChunk, position: number) => position >= start && position < start + sequences.length
  return (position) => {
    if (last && holds(last, position)) return last
    const row = find.get(scan, position)
    const chunk = row && toChunk(row)
    if (!chunk || !holds(chunk, position)) throw new RangeError(`the scan ${scan} has no sequence at ${position}`)
    return (last = chunk)
  }
}

/**
 * Base codes of a scanned sequence from `from` to before `to`, which is held to its end; null where a scan of an earlier version did not
 * keep them. @throws RangeError where the scan has no such sequence
 */
export function readBases(database: ReadableDatabase, scan: number, position: number, from = 0, to = Infinity): Uint8Array | null {
  const chunk = chunkReader(database, scan)(position)
  const place = position - chunk.start
  const sequence = chunk.sequences[place]!
  const end = Math.min(to, sequence.length)
  if (sequence.windows > 0) return readBasesOfPieces(database, scan, position, from, end)
  const row = database
    .prepare<{ bases: Uint8Array | null }>('SELECT bases FROM scan_chunks WHERE scan = ? AND start = ?')
    .get(scan, chunk.start)
  if (!row?.bases) return null
  let at = 0
  for (const { length, windows } of chunk.sequences.slice(0, place)) if (windows === 0) at = afterPacked(row.bases, at, length)
  return unpackBases(row.bases, at, from, end)
}

/** Base codes of a sequence that was cut into windows, from `from` to before `to`. */
export function readBasesOfPieces(database: ReadableDatabase, scan: number, position: number, from: number, to: number): Uint8Array {
  const codes = new Uint8Array(Math.max(0, to - from))
  const rows = database.prepare<{ first: number; bases: number; packed: Uint8Array }>(
    `SELECT first_base AS first, bases, packed FROM scan_pieces
     WHERE scan = ? AND position = ? AND first_base < ? AND first_base + bases > ? ORDER BY first_base`,
  )
  for (const { first, bases, packed } of rows.iterate(scan, position, to, from)) {
    const start = Math.max(from, first)
    codes.set(unpackBases(packed, 0, start - first, Math.min(to, first + bases) - first), start - from)
  }
  return codes
}

/** Scores of a sequence's windows from the one to before the other, which are held to what there is: [windows, columns]. */
export function readWindows(
  database: ReadableDatabase,
  { id, columns }: Pick<Scan, 'id' | 'columns'>,
  position: number,
  from = 0,
  to = Infinity,
) {
  const width = columns.length
  const rows = database.prepare<{ first: number; windows: number; scores: Uint8Array }>(
    `SELECT first_window AS first, windows, scores FROM scan_pieces
     WHERE scan = ? AND position = ? AND windows > 0 AND first_window < ? AND first_window + windows > ? ORDER BY first_window`,
  )
  const found = rows.all(id, position, Math.min(to, Number.MAX_SAFE_INTEGER), from)
  const end = Math.min(to, (found.at(-1)?.first ?? from) + (found.at(-1)?.windows ?? 0))
  const scores = new Float32Array(Math.max(0, end - from) * width)
  for (const { first, windows, scores: blob } of found) {
    const start = Math.max(from, first)
    scores.set(
      float32FromBlob(blob).subarray((start - first) * width, (Math.min(end, first + windows) - first) * width),
      (start - from) * width,
    )
  }
  return scores
}

/** All windows that are kept of a sequence, with an ensemble's spread: [windows, columns]. */
export function readKeptWindows(
  database: ReadableDatabase,
  scan: number,
  position: number,
): { readonly scores: Float32Array; readonly spread: Float32Array | null } {
  const rows = database
    .prepare<{ scores: Uint8Array; spread: Uint8Array | null }>(
      'SELECT scores, spread FROM scan_pieces WHERE scan = ? AND position = ? ORDER BY first_window, first_base',
    )
    .all(scan, position)
  const joined = (blobs: readonly (Uint8Array | null)[]) => float32FromBlob(Buffer.concat(blobs.map((blob) => blob ?? new Uint8Array(0))))
  return {
    scores: joined(rows.map(({ scores }) => scores)),
    spread: rows.some(({ spread }) => spread) ? joined(rows.map(({ spread }) => spread)) : null,
  }
}

/** How far a sequence that is not among the scored ones yet was kept: windows and bases. */
export function readProgressOfPieces(database: ReadableDatabase, scan: number, position: number): { windows: number; bases: number } {
  return database
    .prepare<{
      windows: number
      bases: number
    }>('SELECT coalesce(sum(windows), 0) AS windows, coalesce(sum(bases), 0) AS bases FROM scan_pieces WHERE scan = ? AND position = ?')
    .get(scan, position)!
}

export type BackgroundKind = 'training' | 'shuffled'

/** Keeps what the scores of each column are compared with, in place of what was there. @param columns in ascending order each, null where there is nothing */
export function saveBackground(
  database: WritableDatabase,
  scan: number,
  kind: BackgroundKind,
  columns: readonly (Float32Array | null)[],
): void {
  database.transaction(() => {
    database.prepare('DELETE FROM scan_backgrounds WHERE scan = ? AND kind = ?').run(scan, kind)
    const insert = database.prepare('INSERT INTO scan_backgrounds (scan, kind, position, scores) VALUES (?, ?, ?, ?)')
    columns.forEach((scores, position) => scores && insert.run(scan, kind, position, toBlob(scores)))
  })
}

/** What the scores of each column are compared with, in ascending order; empty or undefined where there is nothing. */
export function readBackground(database: ReadableDatabase, scan: number, kind: BackgroundKind): ReadonlyMap<number, Float32Array> {
  const rows = database
    .prepare<{ position: number; scores: Uint8Array }>('SELECT position, scores FROM scan_backgrounds WHERE scan = ? AND kind = ?')
    .all(scan, kind)
  return new Map(rows.map(({ position, scores }) => [position, float32FromBlob(scores)]))
}
