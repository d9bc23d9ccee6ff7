import type { NoiseCeiling } from '../../shared/stats/noiseCeiling.ts'

/** One cell type of a dataset, its vectors in the order of the elements. */
export interface AssembledCellType extends NoiseCeiling {
  readonly name: string
  readonly measured: number
  readonly mean: number | null
  readonly sd: number | null
  /** Mean log2(RNA/DNA) over the replicates that count, NaN where not measured. */
  readonly activities: Float32Array
  /** Each replicate as in the file, NaN and −1 where absent. */
  readonly replicates: readonly { readonly name: string; readonly activities: Float32Array; readonly barcodes: Int32Array | null }[]
}
