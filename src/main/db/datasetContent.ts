import type { ReadableDatabase } from './database.ts'
import { readActivities, readAllElements, readCellTypes } from './datasets.ts'
import { readLabels, type LabelColumn } from './elementLabels.ts'
import { float32FromBlob, int32FromBlob } from './vectors.ts'

/** A replicate as in the file: NaN and −1 where an element is absent. */
export interface StoredReplicate {
  readonly name: string
  readonly activities: Float32Array
  readonly barcodes: Int32Array | null
}

export interface StoredCellType {
  readonly name: string
  /** Mean log2(RNA/DNA) over the replicates that count, NaN where not measured. */
  readonly activities: Float32Array
  readonly replicates: readonly StoredReplicate[]
}

/** All of a dataset, vectors in the order of its elements. */
export interface StoredContent {
  readonly names: readonly string[]
  /** As in the file, adapters included. */
  readonly sequences: readonly string[]
  readonly groups: Int32Array
  readonly cellTypes: readonly StoredCellType[]
  readonly labels: readonly LabelColumn[]
}

/** Reads a dataset whole. One that is not there has no elements. */
export function readContent(database: ReadableDatabase, dataset: number): StoredContent {
  const names = readCellTypes(database, dataset)
  const activities = readActivities(database, dataset)
  const replicates = database
    .prepare<{ cellType: number; name: string; activities: Uint8Array; barcodes: Uint8Array | null }>(
      'SELECT cell_type AS cellType, name, activities, barcodes FROM replicates WHERE dataset = ? ORDER BY cell_type, position',
    )
    .all(dataset)
  return {
    ...readAllElements(database, dataset),
    cellTypes: names.map(({ name }, c) => ({
      name,
      activities: activities[c]!,
      replicates: replicates
        .filter(({ cellType }) => cellType === c)
        .map((row) => ({
          name: row.name,
          activities: float32FromBlob(row.activities),
          barcodes: row.barcodes && int32FromBlob(row.barcodes),
        })),
    })),
    labels: readLabels(database, dataset),
  }
}

/** In which part of each split of its dataset an element is, as its index in `parts`. */
export function readNamedParts(database: ReadableDatabase, dataset: number, position: number): { name: string; code: number }[] {
  return database
    .prepare<{ name: string; part: Uint8Array }>('SELECT name, substr(assignment, ?, 1) AS part FROM splits WHERE dataset = ? ORDER BY id')
    .all(position + 1, dataset)
    .map(({ name, part }) => ({ name, code: part[0]! }))
}
