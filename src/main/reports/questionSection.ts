import { comparisonNotes, mostSeeds } from '../../shared/text/comparisonNotes.ts'
import { measureWords } from '../../shared/text/measures.ts'
import { countOf } from '../../shared/text/numbers.ts'
import { joinWords } from '../../shared/text/splits.ts'
import { paragraph, type ReportSection } from './report.ts'
import type { ReportMaterial } from './reportMaterial.ts'

const NOTHING = 'There is nothing to compare: no completed run predicts the elements asked for.'

/** What was asked, and the answer in one sentence a cell type. */
export function questionSections(material: ReportMaterial): ReportSection[] {
  const { comparison, certainty, dataset } = material
  const verdicts = certainty.verdicts.map(({ sentence }) => sentence)
  const simulated = dataset.simulated
    ? [paragraph('These data are simulated: what is said here holds for the simulation, not for any cell.')]
    : []
  return [
    { title: 'Question', blocks: [paragraph(material.question || usualQuestion(material)), ...simulated] },
    {
      title: 'Answer',
      blocks:
        comparison.lines.length === 0
          ? [paragraph(NOTHING)]
          : [{ kind: 'list', items: verdicts }, paragraph([onWhat(material), ...notes(material)].join(' '))],
    },
  ]
}

function notes({ comparison: { sets, set, cellTypes, lines }, certainty: { measure } }: ReportMaterial): string[] {
  return comparisonNotes({ kind: sets.find(({ key }) => key === set)?.kind ?? 'test', measure, cellTypes, seeds: mostSeeds(lines) })
}

function onWhat({ comparison, certainty, filter }: ReportMaterial): string {
  const where = `${countOf(comparison.testElements, 'test element')} in ${countOf(comparison.groups, 'group')} of related sequences`
  return `By ${measureWords[certainty.measure].label} on ${where}${filter === null ? '' : ` (only those that a filter keeps: ${filter})`}.`
}

function usualQuestion({ comparison, dataset, certainty }: ReportMaterial): string {
  const models = joinWords(comparison.lines.map(({ label }) => label))
  const where = joinWords(comparison.cellTypes)
  const noise = comparison.ceilings.some((ceiling) => ceiling !== null) ? ', and how far from what the assay’s noise allows' : ''
  return comparison.lines.length > 1
    ? `Of ${models}, trained on ${dataset.name}, which predicts better in ${where} by ${measureWords[certainty.measure].label}, by how much, is that more than chance${noise}?`
    : `How well does ${models || 'a model'}, trained on ${dataset.name}, predict in ${where}${noise}?`
}
