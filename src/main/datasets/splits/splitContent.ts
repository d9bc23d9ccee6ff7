/** What a split is made from; all vectors in the order of the dataset's elements. */
export interface SplitContent {
  readonly names: readonly string[]
  readonly groups: Int32Array
  /** log2 activities of each cell type, NaN where not measured. */
  readonly activities: readonly Float32Array[]
}

/** Which part each element is in, and how many units were kept whole. */
export interface Assignment {
  /** Index in `parts`, [elements]. */
  readonly parts: Uint8Array
  readonly groups: number
}

/** Shares of train, validation and test (science.md). */
export const SHARES = [0.7, 0.15, 0.15] as const
