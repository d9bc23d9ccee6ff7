import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { int32FromBlob, toBlob } from './vectors.ts'

/** A column of a dataset's file that was kept as labels of its elements. */
export interface LabelColumn {
  readonly column: string
  /** Each once. */
  readonly values: readonly string[]
  /** Index in `values` of each element, in the dataset's order, −1 where it has none. */
  readonly codes: Int32Array
}

/** In the order of the file's columns. */
export function readLabels(database: ReadableDatabase, dataset: number): LabelColumn[] {
  return database
    .prepare<{ column: string; labels: string; codes: Uint8Array }>(
      'SELECT name AS "column", labels, codes FROM element_labels WHERE dataset = ? ORDER BY position',
    )
    .all(dataset)
    .map(({ column, labels, codes }) => ({ column, values: JSON.parse(labels) as string[], codes: int32FromBlob(codes) }))
}

export function insertLabels(database: WritableDatabase, dataset: number, labels: readonly LabelColumn[]): void {
  const insert = database.prepare('INSERT INTO element_labels (dataset, position, name, labels, codes) VALUES (?, ?, ?, ?, ?)')
  for (const [position, { column, values, codes }] of labels.entries())
    insert.run(dataset, position, column, JSON.stringify(values), toBlob(codes))
}
