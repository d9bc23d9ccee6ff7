import type { MeasureName, Measures } from '../../../shared/domain/measures.ts'

type Row = Measures & { readonly cellType: string }
export interface RowBeside {
  readonly cellType: string
  readonly a: Measures
  readonly b: Measures
  /** Of the first minus the second; null where one is not defined. */
  readonly difference: (measure: MeasureName) => number | null
}

/** The measures of two runs by the cell types that both have, in the first one's order. */
export function measuresBeside(a: readonly Row[], b: readonly Row[]): RowBeside[] {
  return a.flatMap((one) => {
    const other = b.find(({ cellType }) => cellType === one.cellType)
    if (!other) return []
    const difference = (measure: MeasureName) => (one[measure] === null || other[measure] === null ? null : one[measure] - other[measure])
    return [{ cellType: one.cellType, a: one, b: other, difference }]
  })
}
