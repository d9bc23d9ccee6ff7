import type { DatasetCellType } from '../../../shared/domain/dataset.ts'
import { formatDecimal } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

/** What the noise ceilings mean for the reader, in plain words. */
export function ceilingSentence(cellTypes: readonly Pick<DatasetCellType, 'name' | 'ceiling'>[]): string {
  const known = cellTypes.filter((type) => type.ceiling !== null)
  const unknown = cellTypes.filter((type) => type.ceiling === null).map((type) => type.name)
  const missing = unknown.length
    ? `${joinWords(unknown)} ${unknown.length === 1 ? 'has' : 'have'} fewer than two replicates, so the noise ceiling is not known.`
    : ''
  if (!known.length) return missing
  const reached = joinWords(known.map((type) => `${shortCeiling(type.ceiling!)} in ${type.name}`))
  return `Because the measurements are noisy, no model can be expected to exceed a Pearson r of ${reached}. ${missing}`.trim()
}

/** Two digits, or three where two would claim a perfect 1. */
export function shortCeiling(ceiling: number): string {
  return formatDecimal(ceiling, ceiling >= 0.995 ? 3 : 2)
}
