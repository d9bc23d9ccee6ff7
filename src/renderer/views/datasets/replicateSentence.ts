import { replicateOf } from '../../../shared/domain/replicateOf.ts'
import { joinWords } from '../../text/splits.ts'

/** Which of the cell types named for a table's columns the import will take together as replicates, in one sentence, or null. */
export function replicateSentence(names: readonly string[]): string | null {
  const trimmed = names.map((name) => name.trim())
  const joined = trimmed
    .map((name) => ({ name, cellType: replicateOf(name, trimmed).cellType }))
    .filter(({ name, cellType }) => cellType !== name)
  if (!joined.length) return null
  const clauses = [...Map.groupBy(joined, ({ cellType }) => cellType)].map(
    ([cellType, members]) => `${joinWords(members.map(({ name }) => name))} as replicates of ${cellType}`,
  )
  return `The import takes ${clauses.join('; ')}: their mean is its activity. Rename a cell type here to keep it apart.`
}
