import { ALL_CELL_TYPES, type Measures } from '../domain/measures.ts'
import { mean, pearson, spearman, type Vector } from './correlation.ts'

/**
 * The six measures of predicted against measured activity (log2). Rows without a measured activity (NaN) are left out.
 * R² = 1 − SSE/SST about the mean of the measured values; null where they are constant.
 */
export function measure(predicted: Vector, measured: Vector): Measures {
  if (predicted.length !== measured.length) throw new RangeError('every measured activity needs one prediction')
  const p = whereMeasured(predicted, measured)
  const m = whereMeasured(measured, measured)
  const n = m.length
  if (n === 0) return { n, mse: null, rmse: null, mae: null, pearson: null, spearman: null, r2: null }
  const centre = mean(m)
  let squared = 0
  let absolute = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    const error = p[i]! - m[i]!
    squared += error * error
    absolute += Math.abs(error)
    total += (m[i]! - centre) ** 2
  }
  return {
    n,
    mse: squared / n,
    rmse: Math.sqrt(squared / n),
    mae: absolute / n,
    pearson: pearson(p, m),
    spearman: spearman(p, m),
    r2: isConstant(m) ? null : 1 - squared / total,
  }
}

/** The values of the rows that are measured, in the type of their vector: ranks of float32 are found many times as fast. */
function whereMeasured(values: Vector, measured: Vector): Float32Array | Float64Array {
  const kept = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(measured[i])) kept[n++] = values[i]!
  return kept.subarray(0, n)
}

function isConstant(values: Vector): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}

/**
 * The measures in each cell type and over all rows together, by name. Both matrices are row-major [elements, cell types];
 * measured activities may be NaN.
 */
export function measureByCellType(predicted: Float32Array, measured: Float32Array, cellTypes: readonly string[]): Map<string, Measures> {
  const column = (matrix: Float32Array, c: number) =>
    Float32Array.from({ length: matrix.length / cellTypes.length }, (_, row) => matrix[row * cellTypes.length + c]!)
  const result = new Map(cellTypes.map((name, c) => [name, measure(column(predicted, c), column(measured, c))]))
  return result.set(ALL_CELL_TYPES, measure(predicted, measured))
}
