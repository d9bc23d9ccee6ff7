import type { ReadableDatabase } from './database.ts'

/** The group of each element, in the dataset's order. */
export function readGroups(database: ReadableDatabase, dataset: number): Int32Array {
  const rows = database
    .prepare<{ group: number }>('SELECT group_number AS "group" FROM elements WHERE dataset = ? ORDER BY position')
    .all(dataset)
  return Int32Array.from(rows, ({ group }) => group)
}

export interface NamedElement {
  readonly name: string
  /** As in the file, adapters included. */
  readonly sequence: string
}

/** Name and sequence of an element; undefined where there is none. */
export function readElementAt(database: ReadableDatabase, dataset: number, position: number): NamedElement | undefined {
  return database.prepare<NamedElement>('SELECT name, sequence FROM elements WHERE dataset = ? AND position = ?').get(dataset, position)
}

/** The names of all elements, in the dataset's order. */
export function readNames(database: ReadableDatabase, dataset: number): string[] {
  return database
    .prepare<{ name: string }>('SELECT name FROM elements WHERE dataset = ? ORDER BY position')
    .all(dataset)
    .map(({ name }) => name)
}

/** Values that a run predicts of its test part: elements × cell types; 0 where it has no predictions. By run. */
export function countTestPredictions(database: ReadableDatabase, runs: readonly number[]): Map<number, number> {
  const rows = database
    .prepare<{ run: number; bytes: number }>(
      `SELECT run, length(predicted) AS bytes FROM predictions WHERE part = 'test' AND run IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(runs))
  return new Map(rows.map(({ run, bytes }) => [run, bytes / Float32Array.BYTES_PER_ELEMENT]))
}
