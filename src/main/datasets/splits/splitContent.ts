import type { LabelColumn } from '../../db/elementLabels.ts'

/** What a split is made from; all vectors in the order of the dataset's elements. */
export interface SplitContent {
  readonly names: readonly string[]
  readonly groups: Int32Array
  /** log2 activities of each cell type, NaN where not measured. */
  readonly activities: readonly Float32Array[]
  /** Where each element lies; null where that is not known. */
  readonly chromosomes: readonly (string | null)[]
  readonly columns: readonly LabelColumn[]
}

/** Which part each element is in, and how many units were dealt out whole. */
export interface Assignment {
  /** Index in `parts`, [elements]. */
  readonly parts: Uint8Array
  readonly groups: number
}

/** Indices in `parts`. */
export const TRAIN = 0
export const VALIDATION = 1
export const TEST = 2
