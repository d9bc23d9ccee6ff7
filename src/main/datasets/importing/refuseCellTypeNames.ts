import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { ALL_CELL_TYPES } from '../../../shared/domain/measures.ts'

/** What stands beside the cell types in a table of scores, as a column or to sort by. */
const SCORE_COLUMNS: readonly string[] = ['name', 'length', 'line']

/** @throws WorkbenchError where a name cannot be that of a cell type */
export function refuseCellTypeNames(names: readonly string[]): void {
  for (const name of names.map((written) => written.trim())) {
    const wrong =
      name === ''
        ? 'A cell type has no name.'
        : name === ALL_CELL_TYPES
          ? `“${ALL_CELL_TYPES}” stands for all cell types together and cannot be the name of one.`
          : SCORE_COLUMNS.includes(name)
            ? `“${name}” is a column of every table of scores and cannot be the name of a cell type.`
            : null
    if (wrong) throw new WorkbenchError('invalid-input', wrong, { hint: 'Give each cell type a name of its own.' })
  }
}
