import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Scan, Score, ScoreColumn, ScoreQuery } from '../../../shared/domain/scan.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { rowReader } from './rowReader.ts'
import { scanColumns, type ScanColumns } from './scanColumns.ts'
import { allPositions, descendingNames, sortByNames } from './sortByNames.ts'
import { sortByNumbers } from './sortByNumbers.ts'

/** Positions looked at between two chances for others to have their turn. */
const AT_ONCE = 100_000

/**
 * Positions of a scan's sequences that a query keeps, in its order. What is not known stands last whichever way it goes, and is
 * within no range; what is equal stays in the file's order.
 *
 * @throws WorkbenchError `invalid-input` where there is no such column
 */
export async function queryScores(database: ReadableDatabase, scan: Scan, query: ScoreQuery, breathe: Breathe): Promise<Int32Array> {
  const columns = scanColumns(database, scan)
  const { search, ranges, unflagged, sort } = query
  const asked = JSON.stringify({ search, ranges, unflagged, sort })
  if (columns.found?.query !== asked) {
    columns.found = { query: asked, positions: await sorted(columns, scan, await matching(columns, scan, query, breathe), sort, breathe) }
  }
  return columns.found.positions
}

async function sorted(
  columns: ScanColumns,
  scan: Scan,
  found: Int32Array,
  sort: ScoreQuery['sort'],
  breathe: Breathe,
): Promise<Int32Array> {
  if (!sort) return found
  if (sort.by === 'name') return inOrderOfNames(columns, found, sort.descending, breathe)
  const numbers = await numbersOf(columns, scan, sort)
  await breathe()
  return sortByNumbers(found, numbers, sort.descending)
}

export interface ScorePage {
  readonly total: number
  readonly scores: Score[]
}

/** One page of what {@link queryScores} finds, and how many there are on all pages. */
export async function readScorePage(
  database: ReadableDatabase,
  scan: Scan,
  { offset, limit, ...query }: ScoreQuery & { readonly offset: number; readonly limit: number },
  breathe: Breathe,
): Promise<ScorePage> {
  if (asksForNothing(query)) {
    const length = Math.max(0, Math.min(limit, scan.scored - offset))
    const positions = Int32Array.from({ length }, (_, i) => offset + i)
    return { total: scan.scored, scores: await readRows(database, scan, positions, breathe) }
  }
  const found = await queryScores(database, scan, query, breathe)
  return { total: found.length, scores: await readRows(database, scan, found.subarray(offset, offset + limit), breathe) }
}

/** Whether a query keeps all sequences, in the file's order. */
export function asksForNothing({ search, ranges, unflagged, sort }: ScoreQuery): boolean {
  return search === '' && ranges.length === 0 && !unflagged && sort === null
}

/** Rows by their positions, in the order given; each chunk is read once. */
export async function readRows(database: ReadableDatabase, scan: Scan, positions: Int32Array, breathe: Breathe): Promise<Score[]> {
  const rowAt = rowReader(database, scan)
  const rows = new Array<Score>(positions.length)
  const inFileOrder = Int32Array.from(positions.keys()).sort((a, b) => positions[a]! - positions[b]!)
  for (const i of inFileOrder) {
    rows[i] = rowAt(positions[i]!)
    await breathe()
  }
  return rows
}

async function matching(columns: ScanColumns, scan: Scan, query: ScoreQuery, breathe: Breathe): Promise<Int32Array> {
  const kept = new Uint8Array(scan.scored).fill(1)
  const keepOnly = async (holds: (position: number) => boolean) => {
    for (let from = 0; from < kept.length; from += AT_ONCE) {
      const to = Math.min(kept.length, from + AT_ONCE)
      for (let i = from; i < to; i++) if (kept[i] && !holds(i)) kept[i] = 0
      await breathe()
    }
  }
  if (query.unflagged) {
    const { flags } = await columns.numbers()
    await keepOnly((i) => flags[i] === 0)
  }
  for (const { from, to, ...column } of query.ranges) {
    if (from === null && to === null) continue
    if (column.by === 'name')
      throw new WorkbenchError('invalid-input', 'A range is of numbers, and names are none.', {
        hint: 'Search for part of a name instead.',
      })
    const numbers = await numbersOf(columns, scan, column)
    const [low, high] = [from ?? -Infinity, to ?? Infinity]
    await keepOnly((i) => numbers[i]! >= low && numbers[i]! <= high)
  }
  if (query.search !== '') {
    const { names } = await columns.words()
    const text = query.search.toLowerCase()
    await keepOnly((i) => names[i]!.toLowerCase().includes(text))
  }
  const positions = new Int32Array(kept.length)
  let count = 0
  for (let i = 0; i < kept.length; i++) if (kept[i]) positions[count++] = i
  return positions.subarray(0, count)
}

/** All sequences are put in order once; what is found of them is picked out of that, where it is not but a few. */
async function inOrderOfNames(columns: ScanColumns, found: Int32Array, descending: boolean, breathe: Breathe): Promise<Int32Array> {
  const { names } = await columns.words()
  const sorted =
    found.length < names.length / 8 ? await sortByNames(found, names, breathe) : await pickedInOrder(columns, names, found, breathe)
  return descending ? descendingNames(sorted, names) : sorted
}

async function pickedInOrder(columns: ScanColumns, names: readonly string[], found: Int32Array, breathe: Breathe): Promise<Int32Array> {
  columns.order ??= await sortByNames(allPositions(names.length), names, breathe)
  if (found.length === names.length) return columns.order
  const isFound = new Uint8Array(names.length)
  for (const position of found) isFound[position] = 1
  return columns.order.filter((position) => isFound[position] === 1)
}

/** The numbers of a column of the table, by position. @throws WorkbenchError where there is no such column */
export async function numbersOf(
  columns: ScanColumns,
  scan: Pick<Scan, 'columns' | 'scored'>,
  { by, column }: ScoreColumn,
): Promise<Float32Array | Float64Array> {
  if (by === 'line') return (await columns.words()).lines
  if (by === 'length') return (await columns.words()).lengths
  const { gc, distance, scores, spread } = await columns.numbers()
  if (by === 'gc') return gc
  if (by === 'distance') return distance
  const c = columnNumber(scan, column ?? by)
  if (by === 'score') return scores[c]!
  if (by === 'spread') return spread[c]!
  return specificities(scan, scores, c)
}

/** The place of a scored column by its key. @throws WorkbenchError where there is none */
export function columnNumber({ columns }: Pick<Scan, 'columns'>, key: string): number {
  const c = columns.findIndex((column) => column.key === key)
  if (c >= 0) return c
  throw new WorkbenchError('invalid-input', `The scores have no column ${key}.`, {
    hint: `The columns are ${columns.map((column) => column.key).join(', ')}.`,
  })
}

/** Score minus the mean over the model's other cell types, of every sequence; NaN where it has one. */
function specificities({ columns, scored }: Pick<Scan, 'columns' | 'scored'>, scores: readonly Float32Array[], c: number): Float64Array {
  const others = scores.filter((_, o) => o !== c && columns[o]!.model === columns[c]!.model)
  const own = scores[c]!
  const result = new Float64Array(scored)
  for (let i = 0; i < scored; i++) {
    let sum = 0
    for (const other of others) sum += other[i]!
    result[i] = own[i]! - sum / others.length
  }
  return result
}
