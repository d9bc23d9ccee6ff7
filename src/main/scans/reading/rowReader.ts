import { scoreFlags, type Scan, type Score } from '../../../shared/domain/scan.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { chunkReader, readBackground, type ScoredSequence } from '../../db/scanChunks.ts'
import { shareBelow } from '../shareBelow.ts'
import { specificity } from './specificity.ts'

/** What is stored of a sequence. Numbers that are not known are NaN or not there. */
interface Stored extends ScoredSequence {
  readonly position: number
  readonly scores: readonly number[]
  readonly spread: readonly (number | undefined)[]
  readonly gc: number | undefined
  readonly distance: number | undefined
  /** A bit each, in the order of `scoreFlags`. */
  readonly flags: number
}

/** Makes rows of what is stored, with what follows from it. */
export function rowMaker(database: ReadableDatabase, { id, columns }: Pick<Scan, 'id' | 'columns'>): (stored: Stored) => Score {
  const training = readBackground(database, id, 'training')
  const shuffled = readBackground(database, id, 'shuffled')
  return ({ scores, spread, gc, distance, flags, ...sequence }) => ({
    ...sequence,
    gc: orNull(gc),
    scores: [...scores],
    spread: spread.map(orNull),
    specificity: specificity(columns, scores),
    percentile: scores.map((score, c) => shareBelow(training.get(c), score)),
    aboveShuffled: scores.map((score, c) => shareBelow(shuffled.get(c), score)),
    distance: orNull(distance),
    flags: scoreFlags.filter((_, bit) => (flags >> bit) & 1),
  })
}

/** Gives the rows of a scan by their positions; those that follow each other are read fastest. */
export function rowReader(database: ReadableDatabase, scan: Scan): (position: number) => Score {
  const chunkAt = chunkReader(database, scan.id)
  const toRow = rowMaker(database, scan)
  const width = scan.columns.length
  return (position) => {
    const chunk = chunkAt(position)
    const place = position - chunk.start
    return toRow({
      position,
      ...chunk.sequences[place]!,
      scores: [...chunk.scores.subarray(place * width, (place + 1) * width)],
      spread: scan.columns.map((_, c) => chunk.spread?.[place * width + c]),
      gc: chunk.gc?.[place],
      distance: chunk.distance?.[place],
      flags: chunk.flags?.[place] ?? 0,
    })
  }
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
