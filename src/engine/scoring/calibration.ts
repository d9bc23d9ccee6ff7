import type { NamedTensors } from '../variants/parameters.ts'

/** A straight line a cell type, which puts a model's outputs on the scale of its target. Part of models whose loss leaves that free. */
export interface Calibration {
  readonly scale: Float32Array
  readonly offset: Float32Array
}

const SCALE = 'calibration.scale'
const OFFSET = 'calibration.offset'

/** As tensors of a model, each [cellTypes]. */
export function calibrationTensors({ scale, offset }: Calibration): NamedTensors {
  return { [SCALE]: { shape: [scale.length], values: scale }, [OFFSET]: { shape: [offset.length], values: offset } }
}

/** What {@link calibrationTensors} gave; null for a model without. Throws a RangeError where it does not fit the cell types. */
export function calibrationOf(tensors: NamedTensors, cellTypes: number): Calibration | null {
  const [scale, offset] = [tensors[SCALE]?.values, tensors[OFFSET]?.values]
  if (!scale && !offset) return null
  if (scale?.length !== cellTypes || offset?.length !== cellTypes) throw new RangeError('its calibration is not of its cell types')
  return { scale, offset }
}

/** Outputs [rows, cellTypes] on the scale of the target. */
export function calibrated(outputs: Float32Array, { scale, offset }: Calibration): Float32Array {
  const cellTypes = scale.length
  return outputs.map((output, i) => output * scale[i % cellTypes]! + offset[i % cellTypes]!)
}
