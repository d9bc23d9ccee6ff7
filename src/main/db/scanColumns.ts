import type { Scan } from '../../shared/domain/scan.ts'
import { afterPacked, unpackBases } from '../../shared/dna/packBases.ts'
import type { ReadableDatabase } from './database.ts'
import { bothFlags, type ScoredSequence } from './scanChunks.ts'
import { float32FromBlob } from './vectors.ts'

/** Numbers of the sequences of a chunk, as {@link StoredChunk} has them, without what must be parsed. */
export interface NumbersOfChunk {
  readonly start: number
  readonly scores: Float32Array
  readonly spread: Float32Array | null
  readonly gc: Float32Array | null
  readonly distance: Float32Array | null
  readonly flags: Uint8Array | null
}

/** The chunk that begins at a position, its numbers alone; undefined where there is none. */
export function readNumbers(database: ReadableDatabase, scan: number, start: number): NumbersOfChunk | undefined {
  const row = database
    .prepare<{
      start: number
      scores: Uint8Array
      spread: Uint8Array | null
      gc: Uint8Array | null
      distance: Uint8Array | null
      flags: Uint8Array | null
      laterFlags: Uint8Array | null
    }>(
      `SELECT start, scores, spread, gc, distance, scan_chunks.flags AS flags, scan_doubts.flags AS laterFlags
       FROM scan_chunks LEFT JOIN scan_doubts USING (scan, start) WHERE scan = ? AND start = ?`,
    )
    .get(scan, start)
  return (
    row && {
      start,
      scores: float32FromBlob(row.scores),
      spread: row.spread && float32FromBlob(row.spread),
      gc: row.gc && float32FromBlob(row.gc),
      distance: row.distance && float32FromBlob(row.distance),
      flags: bothFlags(row.flags, row.laterFlags),
    }
  )
}

/** What a chunk says of its sequences in words and whole numbers. */
export interface WordsOfChunk {
  readonly names: readonly string[]
  readonly lines: readonly number[]
  readonly lengths: readonly number[]
  /** What was done to those that did not fit the model, by their places in the chunk. */
  readonly fitted: readonly (readonly [place: number, note: string])[]
  /** Those that were cut into windows, and into how many. */
  readonly windows?: readonly (readonly [place: number, count: number])[]
}

/** Names, lines, lengths and notes of the chunk that begins at a position; undefined where there is none. */
export function readWords(database: ReadableDatabase, scan: number, start: number): WordsOfChunk | undefined {
  const row = database.prepare<{ sequences: string }>('SELECT sequences FROM scan_chunks WHERE scan = ? AND start = ?').get(scan, start)
  return row && (JSON.parse(row.sequences) as WordsOfChunk)
}

/** Positions of the sequences of a scan that were cut into windows, in the file's order; those alone that are scored to their ends. */
export function readCutPositions(database: ReadableDatabase, { id, scored }: Pick<Scan, 'id' | 'scored'>): number[] {
  return database
    .prepare<{ position: number }>('SELECT DISTINCT position FROM scan_pieces WHERE scan = ? AND position < ? ORDER BY position')
    .all(id, scored)
    .map(({ position }) => position)
}

/** Base codes of the sequences of a chunk that were scored in one piece, by their places; null where an earlier version did not keep them. */
export function readChunkBases(
  database: ReadableDatabase,
  scan: number,
  { start, sequences }: { readonly start: number; readonly sequences: readonly Pick<ScoredSequence, 'length' | 'windows'>[] },
): ((place: number) => Uint8Array) | null {
  const packed = database
    .prepare<{ bases: Uint8Array | null }>('SELECT bases FROM scan_chunks WHERE scan = ? AND start = ?')
    .get(scan, start)?.bases
  if (!packed) return null
  const at = new Float64Array(sequences.length)
  let next = 0
  for (const [place, { length, windows }] of sequences.entries()) {
    at[place] = next
    if (windows === 0) next = afterPacked(packed, next, length)
  }
  return (place) => unpackBases(packed, at[place]!, 0, sequences[place]!.length)
}

/** Bases of a sequence that was cut into windows as they are kept, from a place of it on. */
export interface PackedPiece {
  readonly first: number
  readonly bases: number
  /** By `packBases`. */
  readonly packed: Uint8Array
}

/** The pieces of a sequence's bases that touch a stretch of it, in their order. */
export function readPackedPieces(database: ReadableDatabase, scan: number, position: number, from: number, to: number): PackedPiece[] {
  return database
    .prepare<PackedPiece>(
      `SELECT first_base AS first, bases, packed FROM scan_pieces
       WHERE scan = ? AND position = ? AND first_base < ? AND first_base + bases > ? ORDER BY first_base`,
    )
    .all(scan, position, to, from)
}
