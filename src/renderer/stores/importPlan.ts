import type { ImportPlan } from '../../shared/domain/importing.ts'
import { isIndex, isTable, type ChosenFile, type ChosenTable, type SequenceOrigin } from './chosenFiles.ts'
import { tableProblem, tablesProblem } from './tableProblem.ts'

/** What to import, or what is still missing, in one sentence. */
export type PlanOrProblem = { readonly plan: ImportPlan } | { readonly missing: string }

const tablesOf = (files: readonly ChosenFile[]): ChosenTable[] => files.filter(isTable).filter((file) => !isIndex(file))
const fastasOf = (files: readonly ChosenFile[]) => files.filter(({ inspection }) => inspection.kind === 'fasta')
const genomesOf = (files: readonly ChosenFile[]) => files.filter(({ inspection }) => inspection.kind === 'genome')
const has = ({ mapping }: ChosenTable, role: string) => mapping.columns.some(({ is }) => is.role === role)
const hasRegions = (table: ChosenTable) => has(table, 'chromosome') && has(table, 'start') && has(table, 'end')

/** Where the sequences of some files can come from, the likeliest first; none where they are missing. */
export function sequenceOrigins(files: readonly ChosenFile[]): SequenceOrigin[] {
  const tables = tablesOf(files)
  const origins = new Set<SequenceOrigin>()
  const regions = tables.filter(hasRegions)
  const isGenomeGiven = genomesOf(files).length > 0
  const isFastaGiven = fastasOf(files).length > 0
  // A small genome looks like a library; rows without names can only be found by their place.
  if (regions.length > 0 && (isGenomeGiven || (isFastaGiven && regions.some((table) => !has(table, 'name'))))) origins.add('regions')
  if (isFastaGiven) origins.add('fasta')
  if (tables.some((table) => has(table, 'sequence'))) origins.add('table')
  if (regions.length > 0 && isFastaGiven) origins.add('regions')
  return [...origins]
}

/** Puts the chosen files together as the plan of an import. @param preferred where the sequences are to come from, if they can */
export function importPlan(files: readonly ChosenFile[], preferred: SequenceOrigin | null = null): PlanOrProblem {
  if (!files.length) return { missing: 'Choose the files to import.' }
  const unusable = files.find((file) => file.inspection.kind === 'unusable')
  if (unusable) return { missing: `Remove ${unusable.inspection.file}: it cannot be used.` }
  const fastas = fastasOf(files)
  const genomes = genomesOf(files)
  const tables = tablesOf(files)
  if (fastas.length > 1) return { missing: 'Keep one FASTA: all sequences of a dataset come from one file.' }
  if (genomes.length > 1) return { missing: 'Keep one genome.' }
  if (!tables.length)
    return {
      missing: genomes.length
        ? 'Add the regions, as BED or as a table, with their activities.'
        : 'Add the activities: one table for all cell types, or one for each.',
    }
  const origins = sequenceOrigins(files)
  const origin = preferred !== null && origins.includes(preferred) ? preferred : origins[0]
  for (const table of tables) {
    const missing = tableProblem(table, origin ?? null)
    if (missing) return { missing }
  }
  if (!origin) return { missing: missingSequences(tables, genomes.length > 0) }
  const missing = tablesProblem(tables)
  if (missing) return { missing }
  return {
    plan: {
      sequences: sequencesOf(origin, files),
      tables: tables.map(({ source, inspection, mapping }) => ({
        source,
        mapping,
        ...(inspection.sheet !== null && { sheet: inspection.sheet }),
      })),
    },
  }
}

function sequencesOf(origin: SequenceOrigin, files: readonly ChosenFile[]): ImportPlan['sequences'] {
  if (origin === 'table') return { kind: 'table' }
  if (origin === 'fasta') return { kind: 'fasta', source: fastasOf(files)[0]!.source }
  const genome = (genomesOf(files)[0] ?? fastasOf(files)[0])!.source
  const index = files.find(isIndex)?.source
  return { kind: 'regions', genome, ...(index && { index }) }
}

function missingSequences(tables: readonly ChosenTable[], isGenomeGiven: boolean): string {
  if (tables.some(hasRegions)) return 'Add the genome as FASTA, out of which the regions are cut, or the FASTA of the elements.'
  if (isGenomeGiven) return 'Say which columns hold chromosome, start and end, so that the sequences can be cut out of the genome.'
  return 'Say which column holds the DNA sequences, or add the FASTA that holds them.'
}

/** A name for the dataset from the names of its files: the one with the sequences, or the first. */
export function suggestedName(files: readonly ChosenFile[]): string {
  const main =
    files.find(({ inspection }) => inspection.kind === 'fasta') ??
    files.find((file) => isTable(file) && has(file, 'sequence')) ??
    files.find((file) => isTable(file) && !isIndex(file)) ??
    files[0]
  return main
    ? main.inspection.file
        .replace(/\.(gz|bgz)$/i, '')
        .replace(/\.(fa|fasta|fna|tsv|csv|txt|tab|bed|xlsx|xlsm)$/i, '')
        .slice(0, 200)
    : ''
}
