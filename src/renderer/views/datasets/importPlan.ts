import type { Columns, ImportFiles, Inspection } from '../../../shared/domain/dataset.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { firstNonNumber, looksLikeDna, looksLikeNumbers } from './columnLooks.ts'

/** A chosen file, once it was looked at, with what the user made of it. */
export interface ChosenFile {
  readonly source: Source
  readonly inspection: Inspection
  /** Of an activity file: its cell type as the user wants it named. */
  readonly cellType: string
  /** Of a table: which column is what; activity columns map a column to its cell type. */
  readonly mapping: TableMapping
}
export interface TableMapping {
  readonly name: string | null
  readonly sequence: string | null
  readonly activities: Readonly<Record<string, string>>
}
/** What to import, or what is still missing, in one sentence. */
export type ImportPlan = { readonly files: ImportFiles } | { readonly missing: string }

type Table = Inspection & { readonly kind: 'table' }

/**
 * The mapping that the inspection guessed, the other way round: from column to cell type. Where it guessed nothing, a
 * column that looks like DNA is taken all the same, so that only what is really missing is asked for.
 */
export function guessedMapping(inspection: Inspection): TableMapping {
  const columns = inspection.kind === 'table' ? inspection.columns : null
  if (!columns) return { name: null, sequence: inspection.kind === 'table' ? likelySequence(inspection) : null, activities: {} }
  return {
    name: columns.name,
    sequence: columns.sequence,
    activities: Object.fromEntries(Object.entries(columns.activities).map(([cellType, column]) => [column, cellType])),
  }
}

/** Puts the chosen files together: one FASTA with activity files, or one table that holds both. */
export function importPlan(files: readonly ChosenFile[]): ImportPlan {
  const unusable = files.find((file) => file.inspection.kind === 'unusable')
  if (unusable) return { missing: `Remove ${unusable.inspection.file}: it cannot be used.` }
  const fasta = files.filter((file) => file.inspection.kind === 'fasta')
  const activities = files.filter((file) => file.inspection.kind === 'activity')
  const tables = files.filter((file) => file.inspection.kind === 'table')
  if (!files.length) return { missing: 'Choose the files to import.' }
  if (tables.length > 1) return { missing: 'Import one table at a time: keep one and remove the others.' }
  if (tables[0]) {
    if (fasta.length + activities.length === 0) return tablePlan(tables[0])
    return fasta[0] && !tables[0].mapping.sequence
      ? {
          missing: `${tables[0].inspection.file} cannot be joined with ${fasta[0].inspection.file}: ${ADD_COLUMN}`,
        }
      : { missing: 'A table holds sequences and values by itself: remove the other files, or the table.' }
  }
  if (fasta.length > 1) return { missing: 'Keep one FASTA: all sequences of a dataset come from one file.' }
  if (!fasta[0]) return { missing: 'Add the FASTA with the sequences.' }
  if (!activities.length) return { missing: 'Add the activity file of at least one cell type.' }
  const unnamed = activities.find((file) => !file.cellType.trim())
  if (unnamed) return { missing: `Name the cell type of ${unnamed.inspection.file}.` }
  const twice = repeated(activities.map((file) => file.cellType.trim()))
  if (twice) return { missing: `Two files are named ${twice}: give each its own cell type.` }
  return {
    files: {
      kind: 'encode',
      fasta: fasta[0].source,
      activities: activities.map((file) => ({ cellType: file.cellType.trim(), source: file.source })),
    },
  }
}

const ADD_COLUMN = 'add the sequences to the table as a column: only ENCODE’s activity files are joined with a FASTA.'

function tablePlan({ source, inspection, mapping }: ChosenFile): ImportPlan {
  const table = inspection as Table
  const { name, sequence } = mapping
  // The most important first: without sequences the file may be the wrong one altogether.
  if (!sequence) return { missing: missingSequence(table) }
  const activities = Object.entries(mapping.activities)
  if (!activities.length) return { missing: missingActivity(table) }
  for (const [column] of activities) {
    const values = valuesOf(table, column)
    const other = firstNonNumber(values)
    if (other !== undefined && values.every((value) => firstNonNumber([value]) !== undefined))
      return { missing: `The column ${column} cannot be an activity: its values are not numbers, as “${other}”.` }
  }
  if (!name) return { missing: 'Say which column holds the names.' }
  const unnamed = activities.find(([, cellType]) => !cellType.trim())
  if (unnamed) return { missing: `Name the cell type of the column ${unnamed[0]}.` }
  const twice = repeated(activities.map(([, cellType]) => cellType.trim()))
  if (twice) return { missing: `Two columns are named ${twice}: give each its own cell type.` }
  const columns: Columns = {
    name,
    sequence,
    activities: Object.fromEntries(activities.map(([column, cellType]) => [cellType.trim(), column])),
  }
  return { files: { kind: 'table', source, columns } }
}

function missingSequence(table: Table): string {
  const asked = 'Say which column holds the DNA sequences.'
  return likelySequence(table) ? asked : `${asked} None of the columns looks like DNA; if the sequences are in a FASTA file, ${ADD_COLUMN}`
}

function missingActivity(table: Table): string {
  const asked = 'Say which column holds the activity of a cell type.'
  return table.preview.length && !table.header.some((column) => looksLikeNumbers(valuesOf(table, column)))
    ? `${asked} None of the columns holds numbers alone.`
    : asked
}

function likelySequence(table: Table): string | null {
  return table.header.find((column) => looksLikeDna(valuesOf(table, column))) ?? null
}

/** A value of a column that is to be an activity and is no number, among the first ones. */
export function wrongValue(table: Table, column: string, mapping: TableMapping): string | undefined {
  return Object.hasOwn(mapping.activities, column) ? firstNonNumber(valuesOf(table, column)) : undefined
}

/** The first values of a column. */
function valuesOf({ header, preview }: Table, column: string): readonly string[] {
  const at = header.indexOf(column)
  return preview.map((row) => row[at] ?? '')
}

/** A name for the dataset from the names of its files: what they share, or the first. */
export function suggestedName(files: readonly ChosenFile[]): string {
  const main = files.find((file) => file.inspection.kind === 'fasta' || file.inspection.kind === 'table') ?? files[0]
  return main ? main.inspection.file.replace(/\.(gz|bgz)$/i, '').replace(/\.(fa|fasta|fna|tsv|csv|txt)$/i, '') : ''
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index)
}
