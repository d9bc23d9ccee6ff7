import type { Library } from '../library.ts'
import type { CellTypeActivities } from '../averageReplicates.ts'
import { amount } from '../../amount.ts'
import { placesOf, type Find, type Seen } from './finding.ts'

/** Names with a sequence that no cell type has an activity for, in the order of the names. */
export function sequencesWithoutActivity({ prepared, selection }: Pick<Seen, 'prepared' | 'selection'>): number[] {
  const isMeasured = new Uint8Array(prepared.content.library.names.length)
  selection.measured.forEach((number) => (isMeasured[number] = 1))
  return [...prepared.inNameOrder.filter((number) => isMeasured[number] === 0)]
}

/** Names that a cell type's rows have and no sequence does, in the order of the names. */
export function activitiesWithoutSequence({ settled: { assay } }: CellTypeActivities, library: Library): number[] {
  const numbers: number[] = []
  for (let number = 0; number < assay.mentioned.length; number++)
    if (assay.mentioned[number] === 1 && !library.hasSequence(number)) numbers.push(number)
  return numbers.sort((a, b) => (library.names[a]! < library.names[b]! ? -1 : 1))
}

export const unmatchedSequences: Find = (seen) => {
  const numbers = sequencesWithoutActivity(seen)
  if (numbers.length === 0) return null
  return {
    kind: 'unmatched-sequences',
    title: 'Sequences without an activity',
    effect: 'drops',
    count: numbers.length,
    message: `${amount(numbers.length, 'sequence has', 'sequences have')} no activity in any cell type, and ${numbers.length === 1 ? 'is' : 'are'} left out. The dataset keeps the names.`,
    choice: null,
    places: () => placesOf(seen.content, numbers),
  }
}

export const unmatchedActivities: Find = ({ content: { library }, selection: { cellTypes } }) => {
  const byCellType = cellTypes.map((cellType) => ({ name: cellType.settled.name, numbers: activitiesWithoutSequence(cellType, library) }))
  const count = new Set(byCellType.flatMap(({ numbers }) => numbers)).size
  if (count === 0) return null
  return {
    kind: 'unmatched-activities',
    title: 'Activities without a sequence',
    effect: 'drops',
    count,
    message: `${amount(count, 'name', 'names')} with an activity ${count === 1 ? 'has' : 'have'} no sequence, and ${count === 1 ? 'is' : 'are'} left out. Names are compared letter by letter; the dataset keeps them.`,
    choice: null,
    places: function* () {
      for (const { name, numbers } of byCellType) for (const number of numbers) yield { name: library.names[number]!, detail: name }
    },
  }
}
