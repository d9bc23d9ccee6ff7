import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { windowStart, type Windows } from '../../../shared/dna/windows.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { chunkReader, readWindows } from '../../db/scanChunks.ts'
import type { StoredScan } from '../../db/scans.ts'
import { readCutPositions } from '../../db/scanColumns.ts'

/** Windows read at a time. */
const AT_ONCE = 1 << 16

/** A scanned sequence. */
export interface ScannedRecord {
  readonly position: number
  readonly name: string
  readonly length: number
  /** 0 where it was scored in one piece. */
  readonly windows: number
}

/** Scores of windows that follow each other, [windows, columns]. */
export interface WindowScores {
  readonly first: number
  readonly scores: Float32Array
}

/** How a scan cut its long sequences. */
export function windowsOf({ windowLength, options }: Pick<StoredScan, 'windowLength' | 'options'>): Windows {
  return { length: windowLength, stride: options.stride }
}

/** A sequence of a scan by its position. @throws WorkbenchError `not-found` where there is none */
export function recordAt(database: ReadableDatabase, scan: StoredScan, position: number): ScannedRecord {
  if (position >= scan.scored) {
    throw new WorkbenchError('not-found', `${scan.name} has no sequence number ${position + 1}; it has ${scan.scored}.`, {
      hint: 'Choose one from the table.',
    })
  }
  const { start, sequences } = chunkReader(database, scan.id)(position)
  const { name, length, windows } = sequences[position - start]!
  return { position, name, length, windows }
}

/** The sequences of a scan that were cut into windows, in the file's order. */
export async function* cutRecords(database: ReadableDatabase, scan: StoredScan, breathe: Breathe): AsyncGenerator<ScannedRecord> {
  const chunkAt = chunkReader(database, scan.id)
  for (const position of readCutPositions(database, scan)) {
    const { start, sequences } = chunkAt(position)
    const { name, length, windows } = sequences[position - start]!
    yield { position, name, length, windows }
    await breathe()
  }
}

/** The windows of a sequence from one to before another, some at a time. */
export async function* windowScores(
  database: ReadableDatabase,
  scan: StoredScan,
  { position, windows }: Pick<ScannedRecord, 'position' | 'windows'>,
  breathe: Breathe,
  from = 0,
  to = windows,
): AsyncGenerator<WindowScores> {
  for (let first = from; first < to; first += AT_ONCE) {
    yield { first, scores: readWindows(database, scan, position, first, Math.min(to, first + AT_ONCE)) }
    await breathe()
  }
}

/** Numbers of the windows whose middles lie from one base to before another: the first, and that after the last. */
export function windowsBetween({ length, windows }: Pick<ScannedRecord, 'length' | 'windows'>, layout: Windows, from: number, to: number) {
  const middle = (window: number) => middleOf(windowStart(window, length, layout), layout)
  // All but the last stand a stride apart.
  const firstAt = (base: number) => {
    const guess = Math.min(windows - 1, Math.max(0, Math.ceil((base - Math.floor(layout.length / 2)) / layout.stride)))
    return middle(guess) < base ? guess + 1 : guess
  }
  return { first: firstAt(from), end: firstAt(to) }
}

/** The middle base of a window; of two the one further on. */
export function middleOf(start: number, { length }: Pick<Windows, 'length'>): number {
  return start + Math.floor(length / 2)
}
