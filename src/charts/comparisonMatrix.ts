import type { Certainty, Comparison } from '../shared/domain/comparison.ts'
import { ALL_CELL_TYPES, measureNames, type MeasureName } from '../shared/domain/measures.ts'
import type { Variant } from '../shared/domain/variants.ts'

/** A measure over the members of a line: its mean, and the sample standard deviation over them (null for one). */
export interface MatrixCell {
  readonly mean: number
  readonly sd: number | null
}
/** A line of the comparison with its measures in each cell type. */
export interface MatrixRow {
  readonly key: string
  /** The variant, and what tells it from another line of the same variant; or the ensemble's name. */
  readonly label: string
  /** Null for an ensemble. */
  readonly variant: Variant | null
  readonly ensemble: number | null
  /** Its place among the lines of its variant (or among the ensembles), from 0: what tells them apart in a drawing. */
  readonly settings: number
  /** Sets of predictions that the means are over: seeds. */
  readonly members: number
  readonly runs: readonly number[]
  /** Rows of each member, by cell type. */
  readonly n: Readonly<Record<string, number>>
  readonly cells: Readonly<Record<string, Readonly<Record<MeasureName, MatrixCell | null>>>>
}
export type CertainCell = Certainty['cells'][number]

/** Cell types in the order of the table's columns: each one, then all together. */
export function matrixColumns(comparison: Pick<Comparison, 'cellTypes'>): readonly string[] {
  return [...comparison.cellTypes.filter((name) => name !== ALL_CELL_TYPES), ALL_CELL_TYPES]
}

/** Lines × cell types with mean and standard deviation over the members of each line, in the order of the lines. */
export function comparisonMatrix(comparison: Pick<Comparison, 'cellTypes' | 'lines' | 'rows'>): readonly MatrixRow[] {
  const byLine = Map.groupBy(comparison.rows, ({ line }) => line)
  const seen = new Map<Variant | null, number>()
  return comparison.lines.map(({ key, label, variant, ensemble, members }) => {
    const settings = seen.get(variant) ?? 0
    seen.set(variant, settings + 1)
    const byCellType = Map.groupBy(byLine.get(key) ?? [], ({ cellType }) => cellType)
    const columns = matrixColumns(comparison)
    const inColumns = <T>(of: (cellType: string) => T) => Object.fromEntries(columns.map((cellType) => [cellType, of(cellType)]))
    return {
      key,
      label,
      variant,
      ensemble,
      settings,
      members: members.length,
      runs: members.flatMap(({ runs }) => runs),
      n: inColumns((cellType) => byCellType.get(cellType)?.[0]?.n ?? 0),
      cells: inColumns((cellType) => {
        const rows = byCellType.get(cellType) ?? []
        const cells = measureNames.map((measure) => [measure, summary(rows.map((row) => row[measure]))])
        return Object.fromEntries(cells) as Record<MeasureName, MatrixCell | null>
      }),
    }
  })
}

/** The noise ceiling of Pearson r by cell type; of all cell types together there is none. */
export function ceilingsOf({ cellTypes, ceilings }: Pick<Comparison, 'cellTypes' | 'ceilings'>): Readonly<Record<string, number | null>> {
  return Object.fromEntries(cellTypes.map((name, index) => [name, ceilings[index] ?? null]))
}

/** How sure each cell of the matrix is, found by line and cell type; null as long as it is not known. */
export function certainCells(certainty: Certainty | null): (line: string, cellType: string) => CertainCell | null {
  const cells = new Map(certainty?.cells.map((cell) => [JSON.stringify([cell.line, cell.cellType]), cell]))
  return (line, cellType) => cells.get(JSON.stringify([line, cellType])) ?? null
}

/** Not defined as soon as one member's is not: a mean over the others would be of other runs than the label says. */
function summary(values: readonly (number | null)[]): MatrixCell | null {
  const numbers = values.filter((value) => value !== null)
  if (numbers.length === 0 || numbers.length < values.length) return null
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: numbers.length > 1 ? Math.sqrt(squares / (numbers.length - 1)) : null }
}
