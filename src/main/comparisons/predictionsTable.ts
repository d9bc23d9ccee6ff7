import type { ComparisonSelection } from '../../shared/domain/comparison.ts'
import { toTsv, type TsvCell } from '../../shared/text/toTsv.ts'
import type { Breathe } from '../datasets/breathe.ts'
import { safeStem } from '../datasets/shelf/safeStem.ts'
import { readNames } from '../db/comparedElements.ts'
import { shortestFloat32 } from '../scans/scoresTsv.ts'
import { prepareComparison, type ComparisonSources } from './prepareComparison.ts'
import { meanOf } from './gatherRows.ts'

const ROWS = 1000

/**
 * The compared elements as a TSV: `name`, then of each cell type what was measured (empty where it was not) and what each line predicts,
 * the mean over its members, as `HepG2 measured`, `HepG2 embedding`. Numbers have the fewest digits that give back what is stored.
 *
 * @throws WorkbenchError as `prepareComparison` does
 */
export async function predictionsTable(
  sources: ComparisonSources,
  selection: ComparisonSelection,
  breathe: Breathe,
): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> {
  const prepared = prepareComparison(sources, selection)
  const { cellTypes, lines, measured, positions, dataset, datasetName } = prepared
  const width = cellTypes.length
  const names = readNames(sources.database, dataset)
  const predictions = lines.map((line) => meanOf(prepared.predictionsOf(line)))
  const header = [
    'name',
    ...cellTypes.flatMap((cellType) => ['measured', ...lines.map(({ label }) => label)].map((what) => `${cellType} ${what}`)),
  ]
  const number = (value: number): TsvCell => (Number.isNaN(value) ? null : shortestFloat32(value))
  const pieces = [toTsv(header, [])]
  for (let start = 0; start < positions.length; start += ROWS) {
    const rows = Array.from(positions.subarray(start, start + ROWS), (position, i): TsvCell[] => {
      const at = (start + i) * width
      return [names[position]!, ...cellTypes.flatMap((_, c) => [measured, ...predictions].map((matrix) => number(matrix[at + c]!)))]
    })
    // Without its header, which stands above.
    pieces.push(toTsv([], rows).slice(1))
    await breathe()
  }
  return { fileName: `${safeStem(datasetName)} predictions.tsv`, bytes: new TextEncoder().encode(pieces.join('')) }
}
