import type { Examination, ResidualBin } from '../shared/domain/examination.ts'
import type { Target } from '../shared/domain/recipe.ts'
import { formatCount, formatDecimal } from '../shared/text/numbers.ts'
import { joinWords } from '../shared/text/splits.ts'
import type { CalibrationPanel } from './calibrationCurves.ts'
import type { DensityPanel } from './densityMaps.ts'
import type { ResidualPanel } from './residualBoxes.ts'

/** By what residuals are binned. */
export const residualKinds = ['byActivity', 'byGc', 'byMotif'] as const
export type ResidualKind = (typeof residualKinds)[number]

/** What an axis of activities is in. */
export const activityUnits: Readonly<Record<Target, string>> = { log2: 'log2 RNA/DNA', specificity: 'specificity' }
/** What a difference of activities is in. */
export const differenceUnits: Readonly<Record<Target, string>> = { log2: 'log2 units', specificity: 'specificity' }

export function predictedPanels({ cellTypes }: Examination, target: Target): DensityPanel[] {
  return cellTypes.map(({ cellType, density }) => ({
    title: cellType,
    x: `Measured (${activityUnits[target]})`,
    y: `Predicted (${activityUnits[target]})`,
    density,
  }))
}

export function differencePanels({ differences }: Examination, target: Target): DensityPanel[] {
  return differences.map(({ first, second, density }) => ({
    title: `${first} − ${second}`,
    x: `Measured (${differenceUnits[target]})`,
    y: `Predicted (${differenceUnits[target]})`,
    density,
  }))
}

export function calibrationPanels({ cellTypes }: Examination): CalibrationPanel[] {
  return cellTypes.map(({ cellType, calibration }) => ({ title: cellType, points: calibration }))
}

export function residualPanels({ cellTypes }: Examination, kind: ResidualKind): ResidualPanel[] {
  return cellTypes.map((examined) => ({ title: examined.cellType, bins: examined[kind] })).filter(({ bins }) => bins.length > 0)
}

/** @param whose predictions, as `full, the mean prediction of 5 seeds` */
export function predictedSentence({ cellTypes }: Examination, whose: string): string {
  const outside = cellTypes.reduce((sum, { density }) => sum + density.outside, 0)
  const beyond = outside > 0 ? ` ${formatCount(outside)} extreme ${outside === 1 ? 'value lies' : 'values lie'} beyond the axes.` : ''
  return `Predicted against measured activity by ${whose}: ${correlations(
    cellTypes.map(({ cellType, density }) => [cellType, density.r]),
    'in',
  )}. On the dashed line both are equal.${beyond}`
}

export function calibrationSentence(whose: string): string {
  return `Calibration of ${whose}: test elements in ten bins by prediction, with the mean predicted and the mean measured of each and its standard error. On the dashed line predictions are right on average; a steeper course means that they are drawn to the middle.`
}

export function differencesSentence({ differences }: Examination, whose: string): string {
  return `Differences between cell types, predicted by ${whose} against measured: ${correlations(
    differences.map(({ first, second, density }) => [`${first} − ${second}`, density.r]),
    'for',
  )}. A model that is not told the cell type predicts no difference.`
}

const binnedBy: Readonly<Record<ResidualKind, string>> = {
  byActivity: 'by measured activity, in tenths',
  byGc: 'by GC content',
  byMotif: 'by the motif family of the best hit',
}

export function residualSentence(panels: readonly ResidualPanel[], kind: ResidualKind, whose: string): string {
  const worst = panels
    .flatMap(({ title, bins }) => bins.flatMap((bin) => (bin.mean === null ? [] : [{ title, bin, off: Math.abs(bin.mean) }])))
    .reduce<{ title: string; bin: ResidualBin; off: number } | null>((most, one) => (most && most.off >= one.off ? most : one), null)
  const furthest = worst
    ? ` Furthest off on average: ${worst.bin.label} in ${worst.title}, ${formatDecimal(worst.off, 2)} too ${worst.bin.mean! > 0 ? 'high' : 'low'}.`
    : ''
  return `How far ${whose} is off, ${binnedBy[kind]}: the box holds the middle half, the whiskers 90 %, the line is the median, the dot the mean.${furthest}`
}

function correlations(of: readonly (readonly [name: string, r: number | null])[], preposition: 'in' | 'for'): string {
  const known = of.filter(([, r]) => r !== null)
  if (known.length === 0) return 'r is not defined, as its predictions do not differ'
  const unknown = of.filter(([, r]) => r === null).map(([name]) => name)
  const values = joinWords(known.map(([name, r]) => `r = ${formatDecimal(r)} ${preposition} ${name}`))
  return unknown.length ? `${values}; not defined ${preposition} ${joinWords(unknown)}` : values
}
