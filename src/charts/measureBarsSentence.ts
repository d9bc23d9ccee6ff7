import { ALL_CELL_TYPES } from '../shared/domain/measures.ts'
import { measureWords } from '../shared/text/measures.ts'
import { formatDecimal } from '../shared/text/numbers.ts'
import { joinWords } from '../shared/text/splits.ts'
import type { MeasureBars } from './measureBars.ts'

const DECIMALS = 3

/** What the bars show over all cell types, as the digits stand; what of it is more than chance the verdict says. */
export function measureBarsSentence({ measure, rows, certainty }: Pick<MeasureBars, 'measure' | 'rows' | 'certainty'>): string {
  const { label, higherIsBetter } = measureWords[measure]
  const scored = rows
    .flatMap((row) => {
      const cell = row.cells[ALL_CELL_TYPES]?.[measure]
      return cell ? [{ name: row.label, value: formatDecimal(cell.mean, DECIMALS), mean: cell.mean }] : []
    })
    .sort((a, b) => (higherIsBetter ? b.mean - a.mean : a.mean - b.mean))
  const [first] = scored
  if (!first) return `${label} is not defined over all cell types of these test elements.`
  const whiskers = certainty ? ' Whiskers are 95 % intervals.' : ''
  if (scored.length === 1) return `${first.name} has a ${label} of ${first.value} over all cell types of the test part.${whiskers}`
  const leaders = scored.filter(({ value }) => value === first.value)
  const next = scored[leaders.length]
  const leading = `${higherIsBetter ? 'highest' : 'lowest'} ${label} over all cell types, ${first.value}`
  const following = next ? `; ${next.name} follows with ${next.value}` : ''
  return leaders.length > 1
    ? `${joinWords(leaders.map(({ name }) => name))} share the ${leading}${following}.${whiskers}`
    : `${first.name} has the ${leading}${following}.${whiskers}`
}
