import { robustSpread } from './robustSpread.ts'
import { RowList } from './growing.ts'
import type { ReplicateActivities } from './activitiesOf.ts'
import type { SettledCellType } from './settleAssays.ts'

/** One cell type's values by the numbers of the names. */
export interface CellTypeActivities {
  readonly settled: SettledCellType
  readonly replicates: readonly ReplicateActivities[]
  /** Mean over the replicates with barcodes enough, in double precision, NaN where none is left or there is no sequence. */
  readonly means: Float64Array
  /** The same without outliers, where they are dropped. */
  readonly kept: Float64Array
  readonly median: number
  /** 1.4826 × the median absolute deviation, which is the standard deviation of a normal distribution. */
  readonly robustSd: number
  /** Replicate values of known sequences with too few barcodes. */
  readonly below: RowList
  /** How many elements lost all their values by that. */
  readonly lostBelow: number
}

/**
 * Means of replicates. They are made of the values as float32, as they are stored: so a dataset that is exported and imported
 * again is the same to the last digit.
 */
export function averageReplicates(
  settled: SettledCellType,
  replicates: readonly ReplicateActivities[],
  { minimumBarcodes, outliersBeyond }: { readonly minimumBarcodes: number; readonly outliersBeyond: number | null },
  hasSequence: Uint8Array,
): CellTypeActivities {
  const names = hasSequence.length
  const means = new Float64Array(names).fill(Number.NaN)
  const below = new RowList()
  const minimum = settled.assay.countsBarcodes ? minimumBarcodes : 0
  let lostBelow = 0
  for (let name = 0; name < names; name++) {
    if (hasSequence[name] === 0) continue
    let sum = 0
    let kept = 0
    let dropped = 0
    for (let r = 0; r < replicates.length; r++) {
      const activity = replicates[r]!.activities[name]!
      if (Number.isNaN(activity)) continue
      const { rows } = settled.replicates[r]!
      if (minimum > 0 && barcodesAt(rows.barcodes, name) < minimum) {
        dropped++
        below.add(name, rows.files[name]!, rows.lines[name]!)
        continue
      }
      sum += activity
      kept++
    }
    if (kept > 0) means[name] = sum / kept
    else if (dropped > 0) lostBelow++
  }
  const { median, robustSd } = robustSpread(means)
  return { settled, replicates, means, kept: withoutOutliers(means, median, robustSd, outliersBeyond), median, robustSd, below, lostBelow }
}

/** Barcodes of a name, −1 where they are not said. */
export function barcodesAt(barcodes: Int32Array, name: number): number {
  return name < barcodes.length ? barcodes[name]! : -1
}

function withoutOutliers(means: Float64Array, median: number, robustSd: number, beyond: number | null): Float64Array {
  if (beyond === null || !(robustSd > 0)) return means
  return means.map((mean) => (Math.abs(mean - median) > beyond * robustSd ? Number.NaN : mean))
}
