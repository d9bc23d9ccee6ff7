import type { ElementFilter } from '../../../shared/domain/elementFilter.ts'
import type { Bins, Exploration, ExploredCellType as CellTypeSeen, SpecificElement } from '../../../shared/domain/explore.ts'
import { spearmanBrown } from '../../../shared/stats/noiseCeiling.ts'
import { binsOf, countInto, roundBins } from './bins.ts'
import { densityOf, pairsOf, type Pairs } from './density.ts'
import type { ExploredCellType, ExploredContent, Spread } from './exploredContent.ts'
import { cellTypesOf } from './matchElements.ts'
import { highest } from './sortElements.ts'

/** More pairs of cell types than these make would be no picture any more. */
const MOST_CELL_TYPES = 8
/** Replicates of which each pair is drawn; r and the ceiling are always of all. */
const MOST_REPLICATES = 4
const SPECIFIC = 20
const BINS = { activity: 60, barcodes: 40, length: 30, gc: 40 }
/** Squares along an axis of a density, for so many pairs at least: few pairs over many squares are dots again. */
const SQUARES = [
  [5000, 80],
  [800, 48],
  [0, 28],
] as const

/**
 * What a dataset looks like through a filter. Axes are those of the whole dataset, so that they stand still while the
 * filter changes.
 *
 * @param positions of the elements that the filter keeps
 */
export function explore(content: ExploredContent, filter: Pick<ElementFilter, 'cellTypes'>, positions: Int32Array): Exploration {
  const asked = cellTypesOf(content, filter)
  const shown = asked.slice(0, MOST_CELL_TYPES)
  const histograms = {
    activity: binsOf(
      shown.map(({ activities }) => activities),
      BINS.activity,
    ),
    barcodes: binsOf(
      shown.flatMap(({ meanBarcodes }) => (meanBarcodes ? [meanBarcodes] : [])),
      BINS.barcodes,
      1,
    ),
  }
  // Of a dataset that came without its sequences nothing is known of them, and no length of 0.
  const read = content.lengths.some((length) => length > 0) ? positions : new Int32Array(0)
  const seen = shown.map((cellType) => seeCellType(cellType, content, positions, histograms))
  const pairs = shown.flatMap((x, i) =>
    shown.slice(i + 1).map((y) => ({ x: x.name, y: y.name, pairs: pairsOf(x.activities, y.activities, positions) })),
  )
  const bins = binsFor(
    shown.map(({ spread }) => spread),
    pairs,
  )
  return {
    total: content.names.length,
    elements: positions.length,
    rows: asked.reduce((sum, { activities }) => sum + countMeasured(activities, positions), 0),
    cellTypes: seen.map(({ cellType }) => cellType),
    furtherCellTypes: content.cellTypes.length - shown.length,
    between: pairs.map(({ x, y, pairs: values }) => ({ x, y, ...densityOf(values, bins) })),
    replicates: seen.flatMap(({ replicates }) => replicates),
    length: countInto(binsOf([content.lengths], BINS.length, 1), content.lengths, read),
    gc: countInto(binsOf([content.gc], BINS.gc), content.gc, read),
  }
}

function seeCellType(
  cellType: ExploredCellType,
  content: ExploredContent,
  positions: Int32Array,
  histograms: { readonly activity: Bins; readonly barcodes: Bins },
): { readonly cellType: CellTypeSeen; readonly replicates: Exploration['replicates'] } {
  const { name, activities, meanBarcodes, counted } = cellType
  const nameOf = (replicate: number) => cellType.replicates[replicate]!.name
  const pairs = counted.flatMap((x, i) =>
    counted.slice(i + 1).map((y, after) => ({ i, j: i + 1 + after, pairs: pairsOf(x, y, positions) })),
  )
  const bins = binsFor([cellType.replicateSpread], pairs)
  const densities = pairs.map(({ i, j, pairs: values }) => ({ i, j, density: densityOf(values, bins) }))
  const correlations = densities.flatMap(({ density: { r } }) => (r === null ? [] : [r]))
  const replicates = densities
    .filter(({ j }) => j < MOST_REPLICATES)
    .map(({ i, j, density }) => ({ cellType: name, x: nameOf(i), y: nameOf(j), ...density }))
  const replicateR = correlations.length > 0 ? correlations.reduce((sum, r) => sum + r, 0) / correlations.length : null
  return {
    replicates,
    cellType: {
      name,
      ...meanAndSd(activities, positions),
      replicates: cellType.replicates.map((replicate) => replicate.name),
      replicateR,
      // As in shared/stats/noiseCeiling.ts, whose correlations these are.
      ceiling: replicateR !== null && replicateR > 0 ? Math.sqrt(spearmanBrown(replicateR, counted.length)) : null,
      activity: countInto(histograms.activity, activities, positions),
      barcodes: meanBarcodes && countInto(histograms.barcodes, meanBarcodes, positions),
      specific: mostSpecific(cellType, content, positions),
    },
  }
}

function mostSpecific({ specificity }: ExploredCellType, content: ExploredContent, positions: Int32Array): SpecificElement[] {
  return highest(specificity, positions, SPECIFIC).map((position) => ({
    position,
    name: content.names[position]!,
    score: specificity[position]!,
    activities: content.cellTypes.map(({ activities }) => orNull(activities[position]!)),
  }))
}

/** Null for what is not known. */
export function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function binsFor(spreads: readonly Spread[], pairs: readonly { readonly pairs: Pairs }[]): Bins {
  const low = Math.min(...spreads.map((spread) => spread.low))
  const high = Math.max(...spreads.map((spread) => spread.high))
  const most = Math.max(0, ...pairs.map(({ pairs: { x } }) => x.length))
  return roundBins(low, high, SQUARES.find(([least]) => most >= least)![1])
}

function countMeasured(values: Float32Array, positions: Int32Array): number {
  let count = 0
  for (let p = 0; p < positions.length; p++) if (!Number.isNaN(values[positions[p]!])) count++
  return count
}

/** Mean and sample standard deviation (n − 1) of what was measured. */
function meanAndSd(values: Float32Array, positions: Int32Array): { measured: number; mean: number | null; sd: number | null } {
  let sum = 0
  let measured = 0
  for (let p = 0; p < positions.length; p++) {
    const value = values[positions[p]!]!
    if (Number.isNaN(value)) continue
    sum += value
    measured++
  }
  if (measured === 0) return { measured, mean: null, sd: null }
  const mean = sum / measured
  let squares = 0
  for (let p = 0; p < positions.length; p++) {
    const value = values[positions[p]!]!
    if (!Number.isNaN(value)) squares += (value - mean) * (value - mean)
  }
  return { measured, mean, sd: measured > 1 ? Math.sqrt(squares / (measured - 1)) : null }
}
