import type { ChosenTable } from '../../../stores/chosenFiles.ts'
import { isMeasured } from '../../../stores/mappingEdits.ts'
import { countOf } from '../../../../shared/text/numbers.ts'
import { joinWords } from '../../../../shared/text/splits.ts'
import { roleTitle } from './roleWords.ts'

const FEW = 3

/** What a table's columns hold altogether, in one line. */
export function mappingInWords({ inspection, mapping }: ChosenTable): string {
  const byRole = Map.groupBy(mapping.columns, ({ is }) => is.role)
  const clauses = [...byRole].map(([role, columns]) => {
    const names = columns.map(({ column }) => column)
    return `${roleTitle(role)}: ${names.length <= FEW ? names.join(', ') : countOf(names.length, 'column')}`
  })
  const unused = new Set(inspection.header).size - mapping.columns.length
  const cellTypes = [...new Set(mapping.columns.flatMap(({ is }) => (isMeasured(is) && is.cellType !== undefined ? [is.cellType] : [])))]
  const whose = cellTypes.length ? cellTypes : mapping.cellType ? [mapping.cellType] : []
  return [
    ...clauses,
    ...(whose.length ? [`in ${whose.length <= FEW ? joinWords(whose) : countOf(whose.length, 'cell type')}`] : []),
    ...(unused > 0 ? [`${countOf(unused, 'column')} not used`] : []),
  ].join(' · ')
}
