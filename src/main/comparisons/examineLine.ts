import type { Examination, ResidualBin } from '../../shared/domain/examination.ts'
import type { Bins, Density } from '../../shared/domain/explore.ts'
import { quantile } from '../../shared/stats/bootstrap/interval.ts'
import { densityOf, type Pairs } from '../datasets/explore/density.ts'
import { roundBins } from '../datasets/explore/bins.ts'

/** Squares to an axis, by how many pairs there are to fill them. */
const SQUARES = [
  [20_000, 60],
  [4_000, 45],
  [500, 30],
  [0, 18],
] as const
/** One value in a thousand is let lie outside at each end of a density. */
const OUTSIDE = 0.001

/** Measured (`x`) and predicted (`y`) of the rows of one cell type that are measured, and the place of each among the elements. */
export interface ExaminedRows extends Pairs {
  readonly elements: Int32Array
}

/** The rows of a cell type. @param predicted, @param measured [elements, cell types] */
export function rowsOfCellType(predicted: Float32Array, measured: Float32Array, cellType: number, width: number): ExaminedRows {
  const elements: number[] = []
  for (let i = 0; i * width < measured.length; i++) if (!Number.isNaN(measured[i * width + cellType])) elements.push(i)
  const values = (matrix: Float32Array) => Float64Array.from(elements, (i) => matrix[i * width + cellType]!)
  return { x: values(measured), y: values(predicted), elements: Int32Array.from(elements) }
}

/** The measured and the predicted difference between two cell types, of the elements that are measured in both. */
export function differencesOf(predicted: Float32Array, measured: Float32Array, first: number, second: number, width: number): Pairs {
  const places: number[] = []
  for (let i = 0; i < measured.length; i += width) if (!Number.isNaN(measured[i + first]! - measured[i + second]!)) places.push(i)
  const values = (matrix: Float32Array) => Float64Array.from(places, (i) => matrix[i + first]! - matrix[i + second]!)
  return { x: values(measured), y: values(predicted) }
}

/** Pairs as a density whose axes hold nearly all of them. */
export function densityOfPairs(pairs: Pairs, x: string, y: string): Density {
  return { x, y, ...densityOf(pairs, binsFor(pairs)) }
}

function binsFor({ x, y }: Pairs): Bins {
  const sorted = [x.toSorted(), y.toSorted()]
  const n = x.length
  if (n === 0) return { from: 0, width: 1, count: 1 }
  const outside = Math.floor(n * OUTSIDE)
  const low = Math.min(...sorted.map((values) => values[outside]!))
  const high = Math.max(...sorted.map((values) => values[n - 1 - outside]!))
  return roundBins(low, high, SQUARES.find(([least]) => n >= least)![1], Math.abs(high) * 1e-6)
}

/** Ten bins of equal count by prediction, fewer where there are fewer rows: is what is predicted high also measured high, and by as much? */
export function calibrationOf({ x: measured, y: predicted }: Pairs): Examination['cellTypes'][number]['calibration'] {
  return tenths(predicted).map((rows) => {
    const n = rows.length
    const mean = meanOf(rows, measured)
    const squares = rows.reduce((sum, row) => sum + (measured[row]! - mean) ** 2, 0)
    return {
      predicted: meanOf(rows, predicted),
      measured: mean,
      standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : null,
      n,
    }
  })
}

/** Residuals by measured activity, in ten bins of equal count; labelled by the activities that they hold. */
export function residualsByActivity(pairs: Pairs): ResidualBin[] {
  return tenths(pairs.x).map((rows) => residualBin(`${written(pairs.x[rows[0]!]!)} to ${written(pairs.x[rows.at(-1)!]!)}`, rows, pairs))
}

/** Residuals by share of G and C, in bins of five percent, from the first to the last that holds any. @param gc of each row, 0 to 1 */
export function residualsByGc(pairs: Pairs, gc: Float64Array): ResidualBin[] {
  const width = 5
  const known = [...gc.keys()].filter((row) => !Number.isNaN(gc[row]))
  // A hundred percent belong to the last bin.
  const binOf = (row: number) => Math.min(100 / width - 1, Math.floor((gc[row]! * 100 + 1e-9) / width))
  const bins = Map.groupBy(known, binOf)
  if (bins.size === 0) return []
  const first = Math.min(...bins.keys())
  const last = Math.max(...bins.keys())
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).map((bin) =>
    residualBin(`${bin * width} to ${(bin + 1) * width} %`, bins.get(bin) ?? [], pairs),
  )
}

/** Residuals by a label of each row: the most common first. */
export function residualsByLabel(pairs: Pairs, labels: readonly string[]): ResidualBin[] {
  return [...Map.groupBy(labels.keys(), (row) => labels[row]!)]
    .toSorted(([a, of], [b, other]) => other.length - of.length || (a < b ? -1 : 1))
    .map(([label, rows]) => residualBin(label, rows, pairs))
}

function residualBin(label: string, rows: readonly number[], { x: measured, y: predicted }: Pairs): ResidualBin {
  if (rows.length === 0) return { label, n: 0, mean: null, percentiles: null }
  const residuals = Float64Array.from(rows, (row) => predicted[row]! - measured[row]!).sort()
  const at = (share: number) => quantile(residuals, share)
  return {
    label,
    n: rows.length,
    mean: residuals.reduce((sum, value) => sum + value, 0) / rows.length,
    percentiles: [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)],
  }
}

/** Rows in ascending order of their values, in ten parts that differ by one row at most; none of them empty. */
function tenths(values: Float64Array): number[][] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const count = Math.min(10, order.length)
  return Array.from({ length: count }, (_, i) =>
    order.slice(Math.round((i * order.length) / count), Math.round(((i + 1) * order.length) / count)),
  )
}

function meanOf(rows: readonly number[], values: Float64Array): number {
  return rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length
}

function written(value: number): string {
  return value.toFixed(2).replace('-', '−')
}
