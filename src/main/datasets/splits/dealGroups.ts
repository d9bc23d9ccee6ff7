import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { random, shuffle } from '../../../shared/stats/random.ts'
import { PartFiller } from './fillParts.ts'
import type { SplitContent } from './splitContent.ts'

/** Groups of like activity that are shuffled together: some three of twenty go to each of the smaller parts. */
const STRATUM = 20
/** A group of more elements, and of more than a hundredth of them all, is too large for its stratum to make up for. */
const LARGE = 10

/**
 * Deals whole groups to bins by their shares of the elements, stratified by the cell type in which a group stands out most
 * and, within it, by mean activity, so that both match across the bins. Seeded.
 *
 * @param shares of each bin, in any unit
 * @returns the bin of each group; every bin has one at least
 * @throws WorkbenchError `invalid-input` where there are fewer groups than bins
 */
export function dealGroups({ groups, activities }: Pick<SplitContent, 'groups' | 'activities'>, seed: number, shares: readonly number[]) {
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0)
  if (count < shares.length) {
    throw new WorkbenchError(
      'invalid-input',
      `These sequences are too much alike to be split: they make ${count} ${count === 1 ? 'group' : 'groups'} of related ones, and ${shares.length} are needed at least.`,
      { hint: 'Import more sequences.' },
    )
  }
  const profiles = profileGroups(groups, count, activities)
  const source = random(seed)
  const order = shuffle(
    Int32Array.from({ length: count }, (_, group) => group),
    source,
  )
  // Sorting is stable: what the profile does not tell apart stays shuffled.
  order.sort((a, b) => profiles.specificTo[a]! - profiles.specificTo[b]! || profiles.mean[a]! - profiles.mean[b]!)
  const binOf = new Uint8Array(count)
  const all = shares.reduce((sum, share) => sum + share, 0)
  const room = shares.map((share) => (share / all) * groups.length)
  const place = (group: number, bin: number) => {
    binOf[group] = bin
    room[bin]! -= profiles.sizes[group]!
  }
  // What would upset any stratum goes first, to where most room is left; the strata then share out the rest.
  const isLarge = (group: number) => profiles.sizes[group]! > Math.max(LARGE, groups.length / 100)
  const large = order.filter(isLarge).sort((a, b) => profiles.sizes[b]! - profiles.sizes[a]!)
  for (const group of large) place(group, room.indexOf(Math.max(...room)))
  const others = order.filter((group) => !isLarge(group))
  const filler = new PartFiller(room.map((left) => Math.max(0, left)))
  const step = Math.max(STRATUM, 2 * shares.length)
  for (let from = 0; from < others.length; from += step) {
    const stratum = shuffle(others.slice(from, from + step), source)
    // Larger groups first, while there is room to make up for them.
    stratum.sort((a, b) => profiles.sizes[b]! - profiles.sizes[a]!)
    for (const group of stratum) place(group, filler.next(profiles.sizes[group]!))
  }
  fillEmptyBins(binOf, shares.length)
  return { binOf, count }
}

/** The smallest datasets may leave a bin with nothing: it gets a group of the bin that has most. */
function fillEmptyBins(binOf: Uint8Array, bins: number): void {
  for (let empty = 0; empty < bins; empty++) {
    if (binOf.includes(empty)) continue
    const counts = Array.from({ length: bins }, (_, bin) => binOf.filter((of) => of === bin).length)
    binOf[binOf.lastIndexOf(counts.indexOf(Math.max(...counts)))] = empty
  }
}

/**
 * A group's mean activity, as z-scores per cell type so that all cell types weigh the same, and the cell type in which it is
 * highest above that mean.
 */
function profileGroups(groups: Int32Array, count: number, activities: readonly Float32Array[]) {
  const sizes = new Int32Array(count)
  for (const group of groups) sizes[group]!++
  const perCellType = activities.map((vector) => groupMeans(zScores(vector), groups, count))
  const mean = new Float64Array(count)
  const specificTo = new Int32Array(count)
  for (let group = 0; group < count; group++) {
    const known = perCellType.map((means) => means[group]!).filter((z) => !Number.isNaN(z))
    mean[group] = known.reduce((sum, z) => sum + z, 0) / Math.max(1, known.length)
    let highest = -Infinity
    for (const [cellType, means] of perCellType.entries()) {
      if (means[group]! > highest) {
        highest = means[group]!
        specificTo[group] = cellType
      }
    }
  }
  return { sizes, mean, specificTo }
}

function zScores(vector: Float32Array): Float64Array {
  const measured = vector.filter((value) => !Number.isNaN(value))
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length
  const sd = Math.sqrt(measured.reduce((sum, value) => sum + (value - mean) ** 2, 0) / measured.length)
  return Float64Array.from(vector, (value) => (value - mean) / (sd || 1))
}

function groupMeans(values: Float64Array, groups: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  const counts = new Int32Array(count)
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue
    sums[groups[i]!]! += values[i]!
    counts[groups[i]!]!++
  }
  return sums.map((sum, group) => sum / counts[group]!)
}
