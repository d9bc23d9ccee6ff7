import type { CertainCell, MatrixRow } from '../../../charts/comparisonMatrix.ts'
import { cellTypeLabel } from '../../../charts/measureBars.ts'
import type { MeasureName } from '../../../shared/domain/measures.ts'
import { measureWords } from '../../../shared/text/measures.ts'
import { countOf, formatCount, formatDecimal } from '../../../shared/text/numbers.ts'

/** All that is known of a number of the matrix, in plain words. */
export function cellMeaning(
  row: MatrixRow,
  cellType: string,
  measure: MeasureName,
  {
    certain,
    resamples,
    groups,
    ceiling,
  }: {
    readonly certain: CertainCell | null
    readonly resamples: number
    readonly groups: number
    readonly ceiling: number | null
  },
): string {
  const { label } = measureWords[measure]
  const cell = row.cells[cellType]?.[measure]
  const where = `${row.label} in ${cellTypeLabel(cellType).replace(/^All/, 'all')}`
  const rows = countOf(row.n[cellType] ?? 0, 'row')
  if (!cell) return `${where}: ${label} is not defined for these ${rows}, as where predictions or measurements are all the same.`
  const many = row.members > 1 ? `, the mean over ${countOf(row.members, 'seed')} (SD ${formatDecimal(cell.sd)})` : ''
  const interval =
    certain?.low == null || certain.high === null
      ? ''
      : ` 95 % interval ${formatDecimal(certain.low)} to ${formatDecimal(certain.high)}, from ${formatCount(resamples)} resamples of the ${countOf(groups, 'group')} of related test sequences.`
  const best = certain?.best ? ' Best here: no other is surely better, and at least one is surely worse.' : ''
  const share =
    measure === 'pearson' && ceiling !== null && ceiling > 0
      ? ` ${formatDecimal((100 * cell.mean) / ceiling, 0)} % of what the assay’s noise allows (${formatDecimal(ceiling)}).`
      : ''
  return `${where}: ${label} ${formatDecimal(cell.mean)}${many}, from ${rows}.${interval}${best}${share}`
}

/** How strongly a cell is tinted, 0 to 1: its place between the worst and the best number of the whole table. */
export function heatOf(rows: readonly MatrixRow[], columns: readonly string[], measure: MeasureName): (value: number) => number {
  const means = rows.flatMap((row) => columns.flatMap((column) => row.cells[column]?.[measure]?.mean ?? []))
  const [low, high] = [Math.min(...means), Math.max(...means)]
  if (!(high > low)) return () => 0
  return (value) => (measureWords[measure].higherIsBetter ? value - low : high - value) / (high - low)
}
