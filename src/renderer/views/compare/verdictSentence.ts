import { ALL_CELL_TYPES, type MeasureName } from '../../../shared/domain/measures.ts'
import { bestRows, type MatrixRow } from '../../../charts/comparisonMatrix.ts'
import { measureWords } from '../../../shared/text/measures.ts'
import { formatDecimal } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

/** What the table says over all cell types, and how far that can be trusted, in plain words. */
export function verdictSentence(rows: readonly MatrixRow[], measure: MeasureName, decimals: number): string {
  const { label, higherIsBetter } = measureWords[measure]
  const scored = rows
    .flatMap((row) => {
      const cell = row.cells[ALL_CELL_TYPES]?.[measure]
      return cell ? [{ row, mean: cell.mean }] : []
    })
    .sort((a, b) => (higherIsBetter ? b.mean - a.mean : a.mean - b.mean))
  const first = scored[0]
  if (!first) return `${label} is not defined for these runs.`
  const value = (mean: number) => formatDecimal(mean, decimals)
  if (scored.length === 1) return `${first.row.label} has a ${label} of ${value(first.mean)} over all cell types of the test part.`
  const best = bestRows(rows, ALL_CELL_TYPES, measure, decimals)
  const leaders = scored.filter(({ row }) => best.has(row.key))
  const next = scored.find(({ row }) => !best.has(row.key))
  const leading =
    leaders.length > 1
      ? `${joinWords(leaders.map(({ row }) => row.label))} share the ${higherIsBetter ? 'highest' : 'lowest'} ${label} over all cell types, ${value(first.mean)}`
      : `${first.row.label} has the ${higherIsBetter ? 'highest' : 'lowest'} ${label} over all cell types, ${value(first.mean)}`
  const following = next ? `; ${next.row.label} follows with ${value(next.mean)}` : ''
  const caution = scored.some(({ row }) => row.runs.length < 2)
    ? ' With one run a variant, small differences may be luck: train several seeds to tell.'
    : ''
  return `${leading}${following}.${caution}`
}
