import type { ScanChunk, ScanPiece } from '../db/scanChunks.ts'
import type { ChunkToScore, DescribedSequence } from './chunkFiller.ts'
import type { CutSequence } from './cutting.ts'
import type { Scores } from './scoreChunk.ts'
import { SPREAD } from './scanPlan.ts'

/** What the scores of a chunk are put together with. */
export interface Assembling {
  readonly columns: number
  /** Spread beyond which an ensemble's score is doubtful, by column; NaN where nothing says. */
  readonly largestSpread: readonly number[]
  /** The kept windows of a sequence that is not read to its end, [windows, columns]: for a scan that goes on. */
  readonly keptWindows: (position: number) => Scores
}

/** Puts a chunk and its scores together as they are kept. Chunks come in their order: a long sequence's highest window may be in an earlier one. */
export function assembleChunk(chunk: ChunkToScore, scored: Scores, assembling: Assembling): Omit<ScanChunk, 'seconds'> {
  const { columns } = assembling
  for (const row of chunk.unclear) {
    scored.scores.fill(Number.NaN, row * columns, (row + 1) * columns)
    scored.spread?.fill(Number.NaN, row * columns, (row + 1) * columns)
  }
  const sequences: DescribedSequence[] = []
  const pieces: ScanPiece[] = []
  const isWhole = chunk.entries.every((entry) => 'sequence' in entry)
  const gathered = isWhole ? scored : { scores: empty(chunk, columns), spread: scored.spread && empty(chunk, columns) }
  const keep = (sequence: DescribedSequence, values: Scores) => {
    gathered.scores.set(values.scores, sequences.length * columns)
    gathered.spread?.set(values.spread!, sequences.length * columns)
    sequences.push(sequence)
  }
  let row = 0
  const rows = (count: number): Scores => {
    const [from, to] = [row * columns, (row += count) * columns]
    return { scores: scored.scores.subarray(from, to), spread: scored.spread && scored.spread.subarray(from, to) }
  }
  for (const entry of chunk.entries) {
    if ('sequence' in entry) {
      if (isWhole) sequences.push(entry.sequence)
      else keep(entry.sequence, rows(1))
      continue
    }
    const { cut, end, firstWindow, windows, firstBase, bases, packed } = entry
    const values = rows(windows)
    if (cut.isDropped) continue
    if (windows > 0 || bases > 0) {
      const { scores, spread } = values
      pieces.push({ position: cut.position, firstWindow, windows, firstBase, bases, scores, spread, packed })
    }
    cut.best ??=
      firstWindow > 0 ? highest(assembling.keptWindows(cut.position), columns, nothing(columns, values)) : nothing(columns, values)
    highest(values, columns, cut.best)
    if (end) keep(end, cut.best)
  }
  const count = sequences.length
  const numbers = {
    scores: gathered.scores.subarray(0, count * columns),
    spread: gathered.spread && gathered.spread.subarray(0, count * columns),
  }
  return {
    ...numbers,
    scored: sequences,
    gc: Float32Array.from(sequences, ({ gc }) => gc),
    flags: Uint8Array.from(sequences, ({ flags }, place) => flags | spreadFlag(numbers.spread, place, assembling)),
    bases: chunk.packed,
    pieces,
    dropped: chunk.dropped,
    skipped: chunk.skipped,
  }
}

function empty({ entries }: ChunkToScore, columns: number): Float32Array {
  return new Float32Array(entries.length * columns)
}

function nothing(columns: number, { spread }: Scores): NonNullable<CutSequence['best']> {
  return { scores: new Float32Array(columns).fill(-Infinity), spread: spread && new Float32Array(columns).fill(Number.NaN) }
}

/** Raises `best` to the highest of some windows, by column, and returns it. */
function highest({ scores, spread }: Scores, columns: number, best: NonNullable<CutSequence['best']>): NonNullable<CutSequence['best']> {
  for (let i = 0; i < scores.length; i++) {
    const column = i % columns
    // Of a window without a score it is false.
    if (!(scores[i]! > best.scores[column]!)) continue
    best.scores[column] = scores[i]!
    if (spread && best.spread) best.spread[column] = spread[i]!
  }
  return best
}

function spreadFlag(spread: Float32Array | null, place: number, { columns, largestSpread }: Assembling): number {
  if (!spread) return 0
  for (let c = 0; c < columns; c++) if (spread[place * columns + c]! > largestSpread[c]!) return SPREAD
  return 0
}
