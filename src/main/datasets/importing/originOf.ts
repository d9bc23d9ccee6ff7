import type { ImportDecisions, ImportOrigin, ImportPlan } from '../../../shared/domain/importing.ts'
import type { Source } from '../../../shared/domain/source.ts'

/** Where an imported dataset comes from: of pasted text, which may be the whole table, its name alone. */
export function originOf(plan: ImportPlan, decisions: ImportDecisions): ImportOrigin {
  const { sequences } = plan
  const kept: ImportPlan = {
    sequences:
      sequences.kind === 'fasta'
        ? { ...sequences, source: named(sequences.source) }
        : sequences.kind === 'regions'
          ? { ...sequences, genome: named(sequences.genome), ...(sequences.index && { index: named(sequences.index) }) }
          : sequences,
    tables: plan.tables.map((table) => ({ ...table, source: named(table.source) })),
  }
  return { kind: 'import', plan: kept, decisions }
}

function named(source: Source): Source {
  return source.kind === 'text' ? { ...source, text: '' } : source
}
