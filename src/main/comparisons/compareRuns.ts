import type { Comparison, ComparisonRow, ComparisonSelection } from '../../shared/domain/comparison.ts'
import { ALL_CELL_TYPES, type Measures } from '../../shared/domain/measures.ts'
import { measureByCellType } from '../../shared/stats/measures.ts'
import type { Breathe } from '../datasets/breathe.ts'
import { readMeasures } from '../db/results.ts'
import type { Contestant, ContestedSet } from './comparableSets.ts'
import { refuseGone } from './gatherRows.ts'
import type { ContestedLine } from './linesOfSet.ts'
import { prepareComparison, type ComparisonSources, type PreparedComparison } from './prepareComparison.ts'

/**
 * The measures of a dataset's completed runs on the test part, like with like: only what predicts the same target of the same
 * elements stands side by side. What is left out is named, and the reason said. Rows are ordered by line, member and cell type.
 *
 * Where all elements of the test part are compared, the measures are those that were kept with the run; else they are made from its
 * predictions by the same function.
 *
 * @throws WorkbenchError as {@link prepareComparison} does
 */
export async function compareRuns(sources: ComparisonSources, selection: ComparisonSelection, breathe: Breathe): Promise<Comparison> {
  const prepared = prepareComparison(sources, selection)
  const { dataset, cellTypes, target, set, positions, groupCount, ceilings, lines, leftOut } = prepared
  const rows: ComparisonRow[] = []
  for (const line of lines) rows.push(...(await rowsOf(sources, prepared, line, breathe)))
  return {
    dataset,
    cellTypes: [...cellTypes],
    target,
    sets: prepared.sets.map(plainSet),
    set: set?.key ?? null,
    testElements: positions.length,
    groups: groupCount,
    ceilings,
    lines: lines.map(({ contestants: _, ...line }) => line),
    rows,
    leftOut,
  }
}

async function rowsOf(
  { database }: ComparisonSources,
  { cellTypes, measured, whole, predictionsOf }: PreparedComparison,
  line: ContestedLine,
  breathe: Breathe,
): Promise<ComparisonRow[]> {
  const kept = whole && line.ensemble === null
  const predictions = kept ? [] : predictionsOf(line)
  const rows: ComparisonRow[] = []
  for (const [m, contestant] of line.contestants.entries()) {
    const run = contestant.runs.length === 1 ? contestant.runs[0]!.id : null
    const measures: ReadonlyMap<string, Measures> =
      kept && run !== null ? readMeasures(database, run, 'test') : measureByCellType(predictions[m]!, measured, cellTypes)
    const member = { line: line.key, run, ensemble: line.ensemble, variant: line.variant, seed: seedOf(contestant) }
    rows.push(
      ...[...cellTypes, ALL_CELL_TYPES].map((cellType) => ({ ...member, cellType, ...(measures.get(cellType) ?? refuseGone(run!)) })),
    )
    await breathe()
  }
  return rows
}

function seedOf({ runs }: Contestant): number | null {
  return runs[0]?.seed ?? null
}

function plainSet({ positions: _, contestants: __, ...set }: ContestedSet): Comparison['sets'][number] {
  return { ...set }
}
