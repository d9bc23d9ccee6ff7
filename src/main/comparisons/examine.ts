import type { ComparisonSelection } from '../../shared/domain/comparison.ts'
import { hasSequences } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Examination } from '../../shared/domain/examination.ts'
import { codesOf } from '../../shared/dna/bases.ts'
import { cutBothAdapters } from '../../shared/dna/fitBases.ts'
import type { Breathe } from '../datasets/breathe.ts'
import { readDataset } from '../db/datasets.ts'
import { bestFamily } from '../motifs/scanMotifs.ts'
import {
  calibrationOf,
  densityOfPairs,
  differencesOf,
  residualsByActivity,
  residualsByGc,
  residualsByLabel,
  rowsOfCellType,
} from './examineLine.ts'
import { meanOf } from './gatherRows.ts'
import { lineOf, prepareComparison, type ComparisonSources } from './prepareComparison.ts'

/** What an element is labelled with that has no hit of any motif. */
const NO_MOTIF = 'none'

/** Of which line, and which of its members; the mean over them where `member` is null. */
export interface ExaminationRequest extends ComparisonSelection {
  readonly line: string
  readonly member: number | null
  /** Whether to look for motifs, which takes a while. */
  readonly motifs: boolean
}

/** A line's predictions looked at closely. @throws WorkbenchError as `prepareComparison` does; `not-found` for a line or member */
export async function examine(sources: ComparisonSources, request: ExaminationRequest, breathe: Breathe): Promise<Examination> {
  const prepared = prepareComparison(sources, request)
  const { cellTypes, measured, positions, dataset } = prepared
  const line = lineOf(prepared, request.line)
  const members = prepared.predictionsOf(line)
  const predicted = request.member === null ? meanOf(members) : members[request.member]
  if (!predicted) {
    throw new WorkbenchError('not-found', `${line.label} has no such member.`, { hint: 'Choose one of its seeds.' })
  }
  const width = cellTypes.length
  const { gc } = sources.contents.get(dataset)
  const motifs = request.motifs && hasSequences(readDataset(sources.database, dataset))
  const families = motifs ? await familiesOf(sources, dataset, positions, breathe) : []
  const looked: Examination['cellTypes'] = []
  for (const [c, cellType] of cellTypes.entries()) {
    const rows = rowsOfCellType(predicted, measured, c, width)
    looked.push({
      cellType,
      density: densityOfPairs(rows, 'measured', 'predicted'),
      calibration: calibrationOf(rows),
      byActivity: residualsByActivity(rows),
      byGc: residualsByGc(
        rows,
        Float64Array.from(rows.elements, (i) => gc[positions[i]!]!),
      ),
      byMotif: motifs
        ? residualsByLabel(
            rows,
            Array.from(rows.elements, (i) => families[i]!),
          )
        : [],
    })
    await breathe()
  }
  const differences = cellTypes.flatMap((first, a) =>
    cellTypes.slice(a + 1).map((second, after) => ({
      first,
      second,
      density: densityOfPairs(differencesOf(predicted, measured, a, a + 1 + after, width), 'measured', 'predicted'),
    })),
  )
  return { line: line.key, label: line.label, cellTypes: looked, differences }
}

/** The family of the best motif hit of each element, adapters left out: what all elements share tells none from another. */
async function familiesOf(
  { database, contents }: ComparisonSources,
  dataset: number,
  positions: Int32Array,
  breathe: Breathe,
): Promise<string[]> {
  const { adapters } = readDataset(database, dataset)
  const prefix = codesOf(adapters.prefix)
  const suffix = codesOf(adapters.suffix)
  const { sequences } = contents.get(dataset)
  const families: string[] = []
  for (const position of positions) {
    families.push(bestFamily(cutBothAdapters(codesOf(sequences[position]!), prefix, suffix)) ?? NO_MOTIF)
    await breathe()
  }
  return families
}
