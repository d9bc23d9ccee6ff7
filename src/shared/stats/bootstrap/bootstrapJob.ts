import type { MeasureName } from '../../domain/measures.ts'

/** What a measure is resampled from. Rows are element × cell type. */
export interface BootstrapJob {
  readonly measure: MeasureName
  /** [elements, cell types], NaN where not measured. */
  readonly measured: Float32Array
  /** A member each: [elements, cell types]. */
  readonly predictions: readonly Float32Array[]
  readonly cellTypes: number
  /** Of each element, from 0. */
  readonly groups: Int32Array
  readonly groupCount: number
  readonly seed: number
  /** Resamples `from` up to, not including, `to`; number −1 is the sample itself. */
  readonly from: number
  readonly to: number
}
