import { formatTime } from '../../shared/text/numbers.ts'
import { dataSection } from './dataSection.ts'
import { figuresSection } from './figuresSection.ts'
import { methodsSection } from './methodsSection.ts'
import { provenanceSection } from './provenanceSection.ts'
import { questionSections } from './questionSection.ts'
import { referencesOf } from './references.ts'
import type { Report } from './report.ts'
import type { ReportMaterial } from './reportMaterial.ts'
import { resultsSection } from './resultsSection.ts'

/** The report of a comparison, from what was found; it computes nothing of its own. */
export function composeReport(material: ReportMaterial): Report {
  const { dataset, madeAt, versions } = material
  const references = referencesOf(material)
  return {
    title: `Comparison of models on ${dataset.name}`,
    subtitle: `Made by Enhancer Workbench ${versions['workbench'] ?? ''}`.trim() + `, ${formatTime(madeAt)}`,
    sections: [
      ...questionSections(material),
      dataSection(material),
      methodsSection(material),
      resultsSection(material),
      figuresSection(material),
      provenanceSection(material),
      ...(references.length > 0 ? [{ title: 'References', blocks: [{ kind: 'list' as const, items: references }] }] : []),
    ].filter(({ blocks }) => blocks.length > 0),
  }
}
