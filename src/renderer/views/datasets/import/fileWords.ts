import type { FileInspection, TextFormat } from '../../../../shared/domain/importing.ts'
import { isIndex, isTable, type ChosenFile } from '../../../stores/chosenFiles.ts'
import { countOf, formatBytes, formatCount } from '../../../../shared/text/numbers.ts'

const separators: Readonly<Record<string, string>> = { '\t': 'tabs', ',': 'commas', ';': 'semicolons', ' ': 'spaces' }

/** What a file was recognised as, in one line. */
export function fileInWords(file: ChosenFile): string {
  const { inspection, size } = file
  if (inspection.kind === 'unusable') return inspection.message
  return [...kindInWords(file, inspection), formatBytes(size)].join(' · ')
}

function kindInWords(file: ChosenFile, inspection: Exclude<FileInspection, { kind: 'unusable' }>): string[] {
  if (isIndex(file)) return ['Index of a genome (.fai)']
  if (inspection.kind === 'fasta') return [`Sequences (FASTA); the first is ${inspection.firstName}, ${countOf(inspection.length, 'base')}`]
  if (inspection.kind === 'genome') {
    const index = inspection.indexed ? 'its index lies beside it' : 'its index is made once, unless you add the .fai'
    return [`Genome (FASTA); the first chromosome is ${inspection.firstName}; ${index}`]
  }
  const columns = countOf(inspection.header.length, 'column')
  return [`${inspection.kind === 'regions' ? 'Regions' : 'Table'} with ${columns}`, ...formatInWords(inspection.format, inspection.sheet)]
}

function formatInWords({ encoding, delimiter, decimal, compressed }: TextFormat, sheet: string | null): string[] {
  if (delimiter === null) return [sheet === null ? 'Excel workbook' : `sheet ${sheet} of an Excel workbook`]
  return [
    `parted by ${separators[delimiter] ?? delimiter}`,
    encoding,
    ...(decimal === ',' ? ['decimal comma'] : []),
    ...(compressed ? ['compressed'] : []),
  ]
}

/** Where the sequences of an import come from, in one sentence. */
export function originInWords(origin: 'fasta' | 'table' | 'regions', files: readonly ChosenFile[]): string {
  const named = (kind: FileInspection['kind']) => files.find(({ inspection }) => inspection.kind === kind)?.inspection.file
  if (origin === 'fasta') return `Sequences come from ${named('fasta') ?? 'the FASTA'}, and are joined with the tables by name.`
  const tables = files.filter(isTable).filter((file) => !isIndex(file))
  if (origin === 'regions') {
    const bases = tables.map(({ mapping }) => mapping.firstBase)
    const first = bases.every((base) => base === 0)
      ? ' Starts count from 0, as in BED.'
      : bases.every((base) => base === 1)
        ? ' Starts count from 1.'
        : ''
    return `Sequences are cut out of ${named('genome') ?? named('fasta') ?? 'the genome'} where the tables say.${first}`
  }
  const columns = tables.flatMap(({ inspection, mapping }) =>
    mapping.columns.filter(({ is }) => is.role === 'sequence').map(({ column }) => `the column ${column} of ${inspection.file}`),
  )
  return `Sequences come from ${columns.slice(0, 3).join(' and ')}${columns.length > 3 ? ` and ${formatCount(columns.length - 3)} more` : ''}.`
}
