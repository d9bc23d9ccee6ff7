import { joinWords } from '../../text/splits.ts'

const REPLICATE = /^(.+?)[ ._-]?rep(?:licate)?[ ._-]?(\d+)$/i

/**
 * Which of the cell types named for a table's columns the import will take together as replicates, in one sentence, or
 * null: `HepG2_rep1` and `HepG2_rep2` are replicates of HepG2, unless another is named HepG2 itself.
 */
export function replicateSentence(names: readonly string[]): string | null {
  const trimmed = names.map((name) => name.trim())
  const byCellType = new Map<string, string[]>()
  for (const name of trimmed) {
    const cellType = REPLICATE.exec(name)?.[1]
    if (cellType !== undefined) byCellType.set(cellType, [...(byCellType.get(cellType) ?? []), name])
  }
  const taken = [...byCellType].filter(([cellType, members]) => members.length > 1 && !trimmed.includes(cellType))
  if (!taken.length) return null
  const clauses = taken.map(([cellType, members]) => `${joinWords(members)} as replicates of ${cellType}`)
  return `The import takes ${clauses.join('; ')}: their mean is its activity. Rename a cell type here to keep it apart.`
}
