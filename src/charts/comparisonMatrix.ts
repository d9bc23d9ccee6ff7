import type { Comparison } from '../shared/domain/comparison.ts'
import { ALL_CELL_TYPES, measureNames, type MeasureName } from '../shared/domain/measures.ts'
import type { Recipe } from '../shared/domain/recipe.ts'
import type { Run } from '../shared/domain/run.ts'
import { variants, type Variant } from '../shared/domain/variants.ts'
import { measureWords } from '../shared/text/measures.ts'

/** A measure over the runs of one row: its mean, and the sample standard deviation over seeds (null for one run). */
export interface MatrixCell {
  readonly mean: number
  readonly sd: number | null
}
export interface MatrixRow {
  readonly key: string
  readonly variant: Variant
  readonly recipe: string
  /** Which of the compared settings (recipe and split) it was trained with, counted from 0: the same for all variants. */
  readonly settings: number
  /** The variant, and what tells it from another row of the same variant. */
  readonly label: string
  readonly runs: readonly number[]
  readonly cells: Readonly<Record<string, Readonly<Record<MeasureName, MatrixCell | null>>>>
}

/** Cell types in the order of the table's columns: each one, then all together. */
export function matrixColumns(comparison: Pick<Comparison, 'cellTypes'>): readonly string[] {
  return [...comparison.cellTypes.filter((name) => name !== ALL_CELL_TYPES), ALL_CELL_TYPES]
}

/**
 * Variants × cell types: runs of one variant, recipe and split that differ only in their seed make one row, with the mean
 * and standard deviation over seeds. In the order of the variants, then of the runs.
 */
export function comparisonMatrix(comparison: Comparison, runs: ReadonlyMap<number, Run>): readonly MatrixRow[] {
  const groups = new Map<string, { variant: Variant; run: Run | undefined; settings: string; runs: Set<number> }>()
  for (const { run: id, variant } of comparison.rows) {
    const run = runs.get(id)
    const settings = run ? JSON.stringify([run.split, settingsOf(run.recipe)]) : `run ${id}`
    const key = `${variant} ${settings}`
    const group = groups.get(key) ?? { variant, run, settings, runs: new Set<number>() }
    group.runs.add(id)
    groups.set(key, group)
  }
  const sorted = [...groups].sort(
    ([, a], [, b]) => variants.indexOf(a.variant) - variants.indexOf(b.variant) || Math.min(...a.runs) - Math.min(...b.runs),
  )
  const byRun = [...groups.values()].sort((a, b) => Math.min(...a.runs) - Math.min(...b.runs))
  const allSettings = [...new Set(byRun.map(({ settings }) => settings))]
  const many = (variant: Variant) => sorted.filter(([, group]) => group.variant === variant).length > 1
  return sorted.map(([key, { variant, run, settings, runs: members }]) => ({
    key,
    variant,
    recipe: run?.recipe.name ?? '',
    settings: allSettings.indexOf(settings),
    label: many(variant)
      ? `${variant} · ${run ? `${run.recipe.name}, ${run.recipe.epochs} epochs, ` : ''}run ${[...members].join(', ')}`
      : variant,
    runs: [...members],
    cells: Object.fromEntries(matrixColumns(comparison).map((cellType) => [cellType, cellsOf(comparison, members, cellType)])),
  }))
}

/** Keys of the rows that are best in a cell type, by the shown digits: more than one where they tie. */
export function bestRows(rows: readonly MatrixRow[], cellType: string, measure: MeasureName, decimals: number): ReadonlySet<string> {
  const shown = rows.flatMap((row) => {
    const cell = row.cells[cellType]?.[measure]
    return cell ? [{ key: row.key, value: Number(cell.mean.toFixed(decimals)) }] : []
  })
  if (shown.length < 2) return new Set()
  const values = shown.map(({ value }) => value)
  const best = measureWords[measure].higherIsBetter ? Math.max(...values) : Math.min(...values)
  return new Set(shown.filter(({ value }) => value === best).map(({ key }) => key))
}

function cellsOf(comparison: Comparison, members: ReadonlySet<number>, cellType: string): Record<MeasureName, MatrixCell | null> {
  const rows = comparison.rows.filter((row) => members.has(row.run) && row.cellType === cellType)
  return Object.fromEntries(measureNames.map((measure) => [measure, summary(rows.map((row) => row[measure]))])) as Record<
    MeasureName,
    MatrixCell | null
  >
}

/** Not defined as soon as one run's is not: a mean over the others would be of other runs than the label says. */
function summary(values: readonly (number | null)[]): MatrixCell | null {
  const numbers = values.filter((value) => value !== null)
  if (numbers.length === 0 || numbers.length < values.length) return null
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: numbers.length > 1 ? Math.sqrt(squares / (numbers.length - 1)) : null }
}

function settingsOf(recipe: Recipe): readonly unknown[] {
  return Object.entries(recipe)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value)
}
