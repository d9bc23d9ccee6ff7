import { field, shortestFloat32 } from '../../scans/scoresTsv.ts'
import type { ExploredContent } from './exploredContent.ts'

/** Digits of what is computed from the data and is no measurement itself. */
const DIGITS = 6

/**
 * Elements as a TSV: `name sequence length gc barcodes`, then of each cell type its activity, with the fewest digits that give
 * the stored float32 back, and its specificity. What is not known is empty.
 */
export function elementsTable(content: ExploredContent, positions: Int32Array): string {
  const { cellTypes } = content
  const header = [
    ...['name', 'sequence', 'length', 'gc', 'barcodes'],
    ...cellTypes.map(({ name }) => name),
    ...cellTypes.map(({ name }) => `specificity ${name}`),
  ]
  const lines = [header.map(field).join('\t')]
  for (const i of positions) {
    lines.push(
      [
        field(content.names[i]!),
        content.sequences[i]!,
        content.lengths[i]!,
        rounded(content.gc[i]!),
        rounded(content.barcodes[i]!),
        ...cellTypes.map(({ activities }) => (Number.isNaN(activities[i]) ? '' : shortestFloat32(activities[i]!))),
        ...cellTypes.map(({ specificity }) => rounded(specificity[i]!)),
      ].join('\t'),
    )
  }
  return `${lines.join('\n')}\n`
}

function rounded(value: number): string {
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(DIGITS)))
}
