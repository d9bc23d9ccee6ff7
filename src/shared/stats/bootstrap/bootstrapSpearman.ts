import { sortOrder } from '../sortOrder.ts'
import type { BootstrapJob } from './bootstrapJob.ts'
import { drawGroups } from './resamples.ts'

/** Resamples that are ranked at once: their sums do not wait for each other. */
const LANES = 4

/**
 * Spearman's correlation in resamples without sorting any: rows are sorted once, and a pass along that order gives every row its
 * rank among those drawn, where a row that is drawn w times is w tied values. Ranks are held doubled, so that all sums are of whole
 * numbers and exact up to 131,000 rows.
 */
export function bootstrapSpearman(job: BootstrapJob, told: (resamples: number) => void): Float64Array {
  const { predictions, cellTypes, groupCount, seed, from, to } = job
  const every = Array.from({ length: cellTypes }, (_, c) => c)
  const columns = [...every.map((c) => [c]), every].map((of) => rankedColumn(job, of))
  const resamples = to - from
  const found = new Float64Array(predictions.length * columns.length * resamples)
  const counts = new Uint8Array(groupCount)
  const lanes = new Uint8Array(groupCount * LANES)
  for (let first = from; first < to; first += LANES) {
    const used = Math.min(LANES, to - first)
    lanes.fill(0)
    for (let lane = 0; lane < used; lane++) {
      drawGroups(counts, seed, first + lane)
      for (let g = 0; g < groupCount; g++) lanes[g * LANES + lane] = counts[g]!
    }
    for (const [c, column] of columns.entries()) {
      const measured = rankMeasured(column, lanes)
      for (let member = 0; member < predictions.length; member++) {
        const rho = correlate(column, column.predicted[member]!, measured)
        const at = (member * columns.length + c) * resamples + first - from
        for (let lane = 0; lane < used; lane++) found[at + lane] = rho[lane]!
      }
    }
    told(used)
  }
  return found
}

/** The measured rows of some cell types, with their order by each vector. */
interface RankedColumn {
  /** First lane of each row's group. */
  readonly groups: Int32Array
  readonly measured: Int32Array
  readonly predicted: readonly Int32Array[]
  /** How often each row is drawn, and that times its doubled rank about the mean: [rows, lanes]. Written anew for every resample. */
  readonly weights: Uint8Array
  readonly weighted: Float64Array
}

/** What a pass over the measured values finds, a number a lane. */
interface MeasuredRanks {
  /** Σ w (doubled rank − its mean)². */
  readonly squares: Float64Array
  /** What the predictions' sum of squares is where no two of them are equal. */
  readonly untied: Float64Array
}

function rankedColumn({ measured, predictions, cellTypes, groups }: BootstrapJob, of: readonly number[]): RankedColumn {
  const rows: number[] = []
  for (let element = 0; element < groups.length; element++)
    for (const c of of) if (!Number.isNaN(measured[element * cellTypes + c])) rows.push(element * cellTypes + c)
  const order = (values: Float32Array) => codedOrder(Float32Array.from(rows, (row) => values[row]!))
  return {
    groups: Int32Array.from(rows, (row) => groups[Math.floor(row / cellTypes)]! * LANES),
    measured: order(measured),
    predicted: predictions.map(order),
    weights: new Uint8Array(rows.length * LANES),
    weighted: new Float64Array(rows.length * LANES),
  }
}

/** Rows in ascending order, each times the lanes; one more where the next row has the same value. */
function codedOrder(values: Float32Array): Int32Array {
  const order = sortOrder(values)
  return order.map((row, i) => row * LANES + (i + 1 < order.length && values[order[i + 1]!] === values[row] ? 1 : 0))
}

/** Counts the rows of each lane, and writes to `weighted` how far each lies from the mean rank, as often as it is drawn. */
function rankMeasured({ groups, measured: order, weights, weighted }: RankedColumn, lanes: Uint8Array): MeasuredRanks {
  const total = new Float64Array(LANES)
  const repeated = new Float64Array(LANES)
  for (let lane = 0; lane < LANES; lane++) {
    let sum = 0
    let cubes = 0
    for (let row = 0; row < groups.length; row++) {
      const weight = lanes[groups[row]! + lane]!
      weights[row * LANES + lane] = weight
      sum += weight
      cubes += weight * weight * weight
    }
    total[lane] = sum
    repeated[lane] = cubes - sum
  }
  const squares = new Float64Array(LANES)
  for (let lane = 0; lane < LANES; lane++) {
    const last = total[lane]!
    let below = 0
    let sum = 0
    for (let i = 0; i < order.length; i++) {
      const code = order[i]!
      let tied = weights[(code & -LANES) + lane]!
      if ((code & 1) === 0) {
        const rank = below + tied - last
        const product = tied * rank
        weighted[code + lane] = product
        sum += product * rank
        below += 2 * tied
        continue
      }
      // All rows with one value share the mean of their ranks.
      let end = i
      while ((order[end]! & 1) === 1) tied += weights[(order[++end]! & -LANES) + lane]!
      const rank = below + tied - last
      for (; i <= end; i++) {
        const at = (order[i]! & -LANES) + lane
        weighted[at] = weights[at]! * rank
      }
      i = end
      sum += tied * rank * rank
      below += 2 * tied
    }
    squares[lane] = sum
  }
  return { squares, untied: total.map((n, lane) => (n * n * n - n - repeated[lane]!) / 3) }
}

/** Spearman's correlation of a member in each lane. As Σ w (measured rank − mean) is zero, the other rank needs no mean taken off. */
function correlate({ weights, weighted }: RankedColumn, order: Int32Array, { squares, untied }: MeasuredRanks): Float64Array {
  // Doubled weight below, in each lane; products; and what ties take off the squares.
  let b0 = 0
  let b1 = 0
  let b2 = 0
  let b3 = 0
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let t0 = 0
  let t1 = 0
  let t2 = 0
  let t3 = 0
  for (let i = 0; i < order.length; i++) {
    let at = order[i]!
    let w0 = weights[at & -LANES]!
    let w1 = weights[(at & -LANES) + 1]!
    let w2 = weights[(at & -LANES) + 2]!
    let w3 = weights[(at & -LANES) + 3]!
    if ((at & 1) === 0) {
      s0 += weighted[at]! * (b0 + w0)
      s1 += weighted[at + 1]! * (b1 + w1)
      s2 += weighted[at + 2]! * (b2 + w2)
      s3 += weighted[at + 3]! * (b3 + w3)
    } else {
      at &= -LANES
      let v0 = weighted[at]!
      let v1 = weighted[at + 1]!
      let v2 = weighted[at + 2]!
      let v3 = weighted[at + 3]!
      t0 -= w0 * w0 * w0
      t1 -= w1 * w1 * w1
      t2 -= w2 * w2 * w2
      t3 -= w3 * w3 * w3
      for (let more = 1; more === 1;) {
        at = order[++i]!
        more = at & 1
        at -= more
        const x0 = weights[at]!
        const x1 = weights[at + 1]!
        const x2 = weights[at + 2]!
        const x3 = weights[at + 3]!
        t0 -= x0 * x0 * x0
        t1 -= x1 * x1 * x1
        t2 -= x2 * x2 * x2
        t3 -= x3 * x3 * x3
        w0 += x0
        w1 += x1
        w2 += x2
        w3 += x3
        v0 += weighted[at]!
        v1 += weighted[at + 1]!
        v2 += weighted[at + 2]!
        v3 += weighted[at + 3]!
      }
      // Σ (T³ − T) of the tie, less what `untied` counted of its rows one by one; both lose Σ w.
      t0 += w0 * w0 * w0
      t1 += w1 * w1 * w1
      t2 += w2 * w2 * w2
      t3 += w3 * w3 * w3
      s0 += v0 * (b0 + w0)
      s1 += v1 * (b1 + w1)
      s2 += v2 * (b2 + w2)
      s3 += v3 * (b3 + w3)
    }
    b0 += 2 * w0
    b1 += 2 * w1
    b2 += 2 * w2
    b3 += 2 * w3
  }
  const rho = (products: number, ties: number, lane: number) => {
    const predicted = untied[lane]! - ties / 3
    const measured = squares[lane]!
    // Both are whole numbers, so that a constant is told exactly.
    return predicted > 0.5 && measured > 0.5 ? Math.min(1, Math.max(-1, products / Math.sqrt(measured * predicted))) : Number.NaN
  }
  return Float64Array.of(rho(s0, t0, 0), rho(s1, t1, 1), rho(s2, t2, 2), rho(s3, t3, 3))
}
