import type { MeasureName } from '../../domain/measures.ts'
import type { BootstrapJob } from './bootstrapJob.ts'
import { weightedSums } from './weightedSums.ts'

/** A spread below this share of the squares it is made from is a rounding: the values are constant. */
const CONSTANT = 1e-13

type SummedMeasure = Exclude<MeasureName, 'spearman'>

/**
 * The measures that sums are enough for. Of each group the sums are made once; a resample adds them as often as the group is
 * drawn. Values are taken from their cell type's mean first, so that no digits are lost where they lie far from zero.
 */
export function bootstrapMoments(job: BootstrapJob, measure: SummedMeasure, told: (resamples: number) => void): Float64Array {
  const { predictions, cellTypes, from, to } = job
  const { columns, measuredCentres, predictedCentres, take } = columnsOf(job, measure)
  const resamples = to - from
  const found = new Float64Array(predictions.length * (cellTypes + 1) * resamples)
  const perCellType = () => new Float64Array(cellTypes)
  const m = { sums: perCellType(), centres: measuredCentres, products: perCellType() }
  const members = predictedCentres.map((centres) => ({
    ...{ n: perCellType(), error: perCellType(), m, pm: perCellType() },
    p: { sums: perCellType(), centres, products: perCellType() },
  }))
  weightedSums(columns, job, (resample, sums) => {
    for (const [number, member] of members.entries()) {
      take(sums, number, member)
      const at = number * (cellTypes + 1) * resamples + resample - from
      for (let c = 0; c < cellTypes; c++) found[at + c * resamples] = valueOf(measure, member, c, c + 1)
      found[at + cellTypes * resamples] = valueOf(measure, member, 0, cellTypes)
    }
    told(1)
  })
  return found
}

/** Values by cell type: their sums and sums of squares, both of their distances from a centre. */
interface Spread {
  readonly sums: Float64Array
  readonly products: Float64Array
  readonly centres: Float64Array
}

/** Sums of a member over the rows of each cell type in a resample. What its measure does not need is zero. */
interface Sums {
  readonly n: Float64Array
  /** Of squared or absolute errors. */
  readonly error: Float64Array
  readonly p: Spread
  readonly m: Spread
  /** Of products of both distances. */
  readonly pm: Float64Array
}

/** The sums by group that a measure needs, and how a member's are taken from a resample's. */
function columnsOf(job: BootstrapJob, measure: SummedMeasure) {
  const { measured, predictions, groups, groupCount, cellTypes } = job
  const columns: Float64Array[] = []
  const add = () => columns[columns.push(new Float64Array(groupCount)) - 1]!
  const inCellType = (c: number, of: (row: number, group: number) => void) => {
    for (let element = 0; element < groups.length; element++) {
      const row = element * cellTypes + c
      if (!Number.isNaN(measured[row])) of(row, groups[element]!)
    }
  }
  const measuredCentres = centresOf(job, measured)
  const predictedCentres = predictions.map((predicted) => (measure === 'pearson' ? centresOf(job, predicted) : measuredCentres))
  const ofMeasured = measure === 'pearson' || measure === 'r2' ? 3 : 1
  for (let c = 0; c < cellTypes; c++) {
    const n = add()
    inCellType(c, (_, group) => n[group]!++)
    if (ofMeasured === 1) continue
    const [sums, squares] = [add(), add()]
    inCellType(c, (row, group) => {
      const distance = measured[row]! - measuredCentres[c]!
      sums[group]! += distance
      squares[group]! += distance ** 2
    })
  }
  const ofMember = measure === 'pearson' ? 3 : 1
  for (const [member, predicted] of predictions.entries())
    for (let c = 0; c < cellTypes; c++) {
      if (measure === 'pearson') {
        const [p, pp, pm] = [add(), add(), add()]
        inCellType(c, (row, group) => {
          const distance = predicted[row]! - predictedCentres[member]![c]!
          p[group]! += distance
          pp[group]! += distance ** 2
          pm[group]! += distance * (measured[row]! - measuredCentres[c]!)
        })
      } else {
        const errors = add()
        const isAbsolute = measure === 'mae'
        inCellType(c, (row, group) => {
          const error = predicted[row]! - measured[row]!
          errors[group]! += isAbsolute ? Math.abs(error) : error ** 2
        })
      }
    }

  const take = (sums: Float64Array, member: number, { n, error, p, m, pm }: Sums) => {
    for (let c = 0; c < cellTypes; c++) {
      const shared = c * ofMeasured
      n[c] = sums[shared]!
      if (ofMeasured > 1) {
        m.sums[c] = sums[shared + 1]!
        m.products[c] = sums[shared + 2]!
      }
      const own = cellTypes * ofMeasured + (member * cellTypes + c) * ofMember
      if (ofMember === 1) error[c] = sums[own]!
      else {
        p.sums[c] = sums[own]!
        p.products[c] = sums[own + 1]!
        pm[c] = sums[own + 2]!
      }
    }
  }
  return { columns, measuredCentres, predictedCentres, take }
}

/** The measure over the rows of the cell types `from` up to, not including, `to`; NaN where it is not defined. */
function valueOf(measure: SummedMeasure, { n, error, p, m, pm }: Sums, from: number, to: number): number {
  const rows = sum(n, from, to)
  if (rows === 0) return Number.NaN
  if (measure === 'mse' || measure === 'mae') return sum(error, from, to) / rows
  if (measure === 'rmse') return Math.sqrt(sum(error, from, to) / rows)
  const mm = productAbout(n, m, m, m.products, from, to)
  if (mm <= CONSTANT * roundingOf(n, m, from, to)) return Number.NaN
  if (measure === 'r2') return 1 - sum(error, from, to) / mm
  const pp = productAbout(n, p, p, p.products, from, to)
  if (pp <= CONSTANT * roundingOf(n, p, from, to)) return Number.NaN
  return Math.min(1, Math.max(-1, productAbout(n, p, m, pm, from, to) / (Math.sqrt(pp) * Math.sqrt(mm))))
}

/** Squares about the full sample's mean, and of that mean: what roundings are measured by. */
function roundingOf(n: Float64Array, { products, centres }: Spread, from: number, to: number): number {
  let squares = 0
  for (let c = from; c < to; c++) squares += products[c]! + n[c]! * centres[c]! ** 2 * Number.EPSILON
  return squares
}

/**
 * Σ (x − mean of x)(y − mean of y) over some cell types: within each, and between their means (Chan, Golub & LeVeque 1983,
 * doi 10.1080/00031305.1983.10483115).
 *
 * @param products sums of products of both distances
 */
function productAbout(n: Float64Array, x: Spread, y: Spread, products: Float64Array, from: number, to: number): number {
  const rows = sum(n, from, to)
  let meanX = 0
  let meanY = 0
  for (let c = from; c < to; c++) {
    meanX += (n[c]! * x.centres[c]! + x.sums[c]!) / rows
    meanY += (n[c]! * y.centres[c]! + y.sums[c]!) / rows
  }
  let product = 0
  for (let c = from; c < to; c++) {
    const count = n[c]!
    if (count === 0) continue
    const ofX = x.sums[c]! / count
    const ofY = y.sums[c]! / count
    product += products[c]! - x.sums[c]! * ofY + count * (x.centres[c]! + ofX - meanX) * (y.centres[c]! + ofY - meanY)
  }
  return product
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let c = from; c < to; c++) total += values[c]!
  return total
}

/** Of each cell type the mean of a matrix's column over the rows that are measured. */
function centresOf({ measured, cellTypes }: BootstrapJob, values: Float32Array): Float64Array {
  return Float64Array.from({ length: cellTypes }, (_, c) => {
    let total = 0
    let n = 0
    for (let row = c; row < measured.length; row += cellTypes) {
      if (Number.isNaN(measured[row])) continue
      total += values[row]!
      n++
    }
    return n === 0 ? 0 : total / n
  })
}
