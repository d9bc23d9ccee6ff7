import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Scan } from '../../../shared/domain/scan.ts'
import { breather } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readNumbers, readWords } from '../../db/scanColumns.ts'

/** Numbers of a scan's sequences by position; NaN where not known. */
export interface NumberColumns {
  /** One a scored column. */
  readonly scores: readonly Float32Array[]
  readonly spread: readonly Float32Array[]
  readonly gc: Float32Array
  readonly distance: Float32Array
  /** A bit each, in the order of `scoreFlags`. */
  readonly flags: Uint8Array
}

/** Names, lines and lengths of a scan's sequences, by position, and what is known of some of them. */
export interface WordColumns {
  readonly names: readonly string[]
  readonly lines: Float64Array
  readonly lengths: Float64Array
  readonly fitted: ReadonlyMap<number, string>
  readonly windows: ReadonlyMap<number, number>
}

/** A scan's table in columns, read from its chunks when they are first asked for: those who sort do it again and again. */
export interface ScanColumns {
  numbers(): Promise<NumberColumns>
  words(): Promise<WordColumns>
  /** Order of all sequences by name, ascending, once somebody asked for it. */
  order: Int32Array | undefined
  /** What the last query found: whoever leafs through it asks for it again and again. */
  found: { readonly query: string; readonly positions: Int32Array } | undefined
}

/** The scan looked at last on a connection. Its number may be another's once it is deleted, and while it runs it grows. */
const last = new WeakMap<ReadableDatabase, { readonly of: string; readonly columns: ScanColumns }>()

/** The columns of a scan, those of the one looked at last kept at hand: some 150 MB for a million sequences. */
export function scanColumns(
  database: ReadableDatabase,
  scan: Pick<Scan, 'id' | 'createdAt' | 'scored' | 'assessed' | 'columns'>,
): ScanColumns {
  const of = `${scan.id} ${scan.createdAt} ${scan.scored} ${scan.assessed}`
  const kept = last.get(database)
  if (kept?.of === of) return kept.columns
  let numbers: Promise<NumberColumns> | undefined
  let words: Promise<WordColumns> | undefined
  const columns: ScanColumns = {
    numbers: () => (numbers ??= gatherNumbers(database, scan)),
    words: () => (words ??= gatherWords(database, scan)),
    order: undefined,
    found: undefined,
  }
  last.set(database, { of, columns })
  return columns
}

async function gatherNumbers(
  database: ReadableDatabase,
  { id, scored, columns }: Pick<Scan, 'id' | 'scored' | 'columns'>,
): Promise<NumberColumns> {
  const breathe = breather()
  const unknown = () => new Float32Array(scored).fill(Number.NaN)
  const scores = columns.map(() => new Float32Array(scored))
  const spread = columns.map(unknown)
  const [gc, distance, flags] = [unknown(), unknown(), new Uint8Array(scored)]
  for (let start = 0; start < scored;) {
    const chunk = readNumbers(database, id, start) ?? gone()
    const count = chunk.scores.length / columns.length
    takeApart(chunk.scores, scores, start)
    if (chunk.spread) takeApart(chunk.spread, spread, start)
    if (chunk.gc) gc.set(chunk.gc, start)
    if (chunk.distance) distance.set(chunk.distance, start)
    if (chunk.flags) flags.set(chunk.flags, start)
    start += count
    await breathe()
  }
  return { scores, spread, gc, distance, flags }
}

/** [sequences, columns] into columns, from a position on. */
function takeApart(rows: Float32Array, columns: readonly Float32Array[], start: number): void {
  const width = columns.length
  columns.forEach((column, c) => {
    for (let i = c, at = start; i < rows.length; i += width) column[at++] = rows[i]!
  })
}

async function gatherWords(database: ReadableDatabase, { id, scored }: Pick<Scan, 'id' | 'scored'>): Promise<WordColumns> {
  const breathe = breather()
  const names: string[] = []
  const [lines, lengths] = [new Float64Array(scored), new Float64Array(scored)]
  const fitted = new Map<number, string>()
  const windows = new Map<number, number>()
  for (let start = 0; start < scored; start = names.length) {
    const chunk = readWords(database, id, start) ?? gone()
    for (const name of chunk.names) names.push(name)
    lines.set(chunk.lines, start)
    lengths.set(chunk.lengths, start)
    for (const [place, note] of chunk.fitted) fitted.set(start + place, note)
    for (const [place, count] of chunk.windows ?? []) windows.set(start + place, count)
    await breathe()
  }
  return { names, lines, lengths, fitted, windows }
}

function gone(): never {
  throw new WorkbenchError('not-found', 'The scan was deleted meanwhile.', { hint: 'Look at the list of scans.' })
}
