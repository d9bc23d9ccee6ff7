import type { Finding } from '../../../../shared/domain/importing.ts'
import type { AssembledCellType } from '../../assembledCellType.ts'
import type { ImportContent } from '../importContent.ts'
import type { Place } from '../library.ts'
import type { PreparedContent, Selection } from '../selectElements.ts'

/** What findings are made from. */
export interface Seen {
  readonly prepared: PreparedContent
  readonly content: ImportContent
  readonly selection: Selection
  readonly cellTypes: readonly AssembledCellType[]
}

/** A finding, its places told only as far as somebody asks. */
export interface Found extends Omit<Finding, 'examples'> {
  readonly places: () => Iterable<Place>
}

export type Find = (seen: Seen) => Found | null | readonly (Found | null)[]

/** The places of some names in the file with the sequences. */
export function* placesOf(content: ImportContent, numbers: Iterable<number>, detail?: (number: number) => string): Generator<Place> {
  for (const number of numbers) yield content.library.placeOf(number, undefined, detail?.(number))
}

/** The places of rows, those of names without a sequence left out. */
export function* placesOfRows(
  { library, fileNames }: ImportContent,
  rows: Iterable<{ readonly number: number; readonly file: number; readonly line: number }>,
  detail?: string,
): Generator<Place> {
  for (const { number, file, line } of rows)
    if (library.hasSequence(number)) yield { name: library.names[number]!, file: fileNames[file], line, detail }
}

export function countOf(places: Iterable<unknown>): number {
  let count = 0
  for (const place of places) if (place !== undefined) count++
  return count
}

/** One place after the other, of all that are given. */
export function* chain<T>(all: Iterable<Iterable<T>>): Generator<T> {
  for (const some of all) yield* some
}
