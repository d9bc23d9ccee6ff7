import type { ComparisonSelection } from '../../shared/domain/comparison.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Disagreement } from '../../shared/domain/examination.ts'
import { readElementAt } from '../db/comparedElements.ts'
import { meanOf } from './gatherRows.ts'
import { lineOf, prepareComparison, type ComparisonSources } from './prepareComparison.ts'

export interface DisagreementRequest extends ComparisonSelection {
  readonly a: string
  readonly b: string
  readonly cellType: string
  readonly offset: number
  readonly limit: number
}

/**
 * The elements on which two lines' predictions in a cell type differ most, by the absolute difference of the means over their
 * members; those that are not measured there too.
 *
 * @throws WorkbenchError as `prepareComparison` does; `not-found` for a line, `invalid-input` for a cell type
 */
export function disagreements(
  sources: ComparisonSources,
  request: DisagreementRequest,
): { readonly total: number; readonly elements: Disagreement[] } {
  const { cellType, offset, limit, dataset } = request
  const prepared = prepareComparison(sources, request)
  const { cellTypes, measured, positions } = prepared
  const column = cellTypes.indexOf(cellType)
  if (column < 0) {
    throw new WorkbenchError('invalid-input', `This dataset has no cell type ${cellType}.`, {
      hint: `Its cell types are ${cellTypes.join(', ')}.`,
    })
  }
  const predictionsOf = (key: string) => meanOf(prepared.predictionsOf(lineOf(prepared, key)))
  const [a, b] = [predictionsOf(request.a), predictionsOf(request.b)]
  const at = (element: number) => element * cellTypes.length + column
  const differences = Float64Array.from(positions, (_, element) => Math.abs(a[at(element)]! - b[at(element)]!))
  const order = [...differences.keys()].sort((x, y) => differences[y]! - differences[x]! || x - y)
  return {
    total: order.length,
    elements: order.slice(offset, offset + limit).map((element) => {
      const position = positions[element]!
      const activity = measured[at(element)]!
      return {
        position,
        ...readElementAt(sources.database, dataset, position)!,
        cellType,
        measured: Number.isNaN(activity) ? null : activity,
        a: a[at(element)]!,
        b: b[at(element)]!,
      }
    }),
  }
}
