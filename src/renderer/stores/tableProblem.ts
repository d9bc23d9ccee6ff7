import type { TableMapping } from '../../shared/domain/mapping.ts'
import type { ChosenTable, SequenceOrigin } from './chosenFiles.ts'
import { isMeasured, type MeasuredRole } from './mappingEdits.ts'
import { isNoNumber } from './nonNumber.ts'

const measuredIn = ({ columns }: TableMapping) => columns.flatMap(({ column, is }) => (isMeasured(is) ? [{ column, is }] : []))
const whoseKey = ({ cellType, replicate }: MeasuredRole) => JSON.stringify([cellType ?? null, replicate ?? null])

/** What is still missing in one table, in one sentence, or null. */
export function tableProblem({ inspection, mapping }: ChosenTable, origin: SequenceOrigin | null): string | null {
  const { file } = inspection
  const roles = new Set(mapping.columns.map(({ is }) => is.role))
  const isRegion = roles.has('chromosome') && roles.has('start') && roles.has('end')
  if (!roles.has('name') && !(isRegion && origin !== 'fasta')) return `Say which column of ${file} holds the names.`
  const measured = measuredIn(mapping)
  const words = wordsForNumbers(inspection, measured, mapping)
  if (words) return words
  const unnamed = measured.find(({ is }) => (is.role === 'activity' || is.role === 'rna') && is.cellType === undefined)
  if (unnamed && !roles.has('cellType') && !mapping.cellType?.trim())
    return `Name the cell type of ${file}, or of its column ${unnamed.column}.`
  return sameTwice(measured, file) ?? mixture(measured, roles.has('barcode'), file)
}

function sameTwice(measured: readonly { column: string; is: MeasuredRole }[], file: string): string | null {
  const first = new Map<string, string>()
  for (const { column, is } of measured) {
    const key = `${is.role} ${whoseKey(is)}`
    const other = first.get(key)
    if (other !== undefined)
      return `${other} and ${column} of ${file} are said to hold the same: give each a cell type or a replicate of its own.`
    first.set(key, column)
  }
  return null
}

function mixture(measured: readonly { column: string; is: MeasuredRole }[], isPerBarcode: boolean, file: string): string | null {
  const activities = measured.filter(({ is }) => is.role === 'activity')
  if (isPerBarcode && activities[0])
    return `${file} has a row for each barcode, and activities cannot be summed over barcodes: choose counts of DNA and RNA instead of ${activities[0].column}.`
  const counted = new Set(measured.filter(({ is }) => is.role === 'dna' || is.role === 'rna').map(({ is }) => whoseKey(is)))
  const both = activities.find(({ is }) => counted.has(whoseKey(is)))
  return both ? `${both.column} of ${file} is an activity, and there are counts for the same: choose the one or the other.` : null
}

function wordsForNumbers(
  { header, rows }: ChosenTable['inspection'],
  measured: readonly { column: string; is: MeasuredRole }[],
  { decimal }: TableMapping,
): string | null {
  for (const { column } of measured) {
    const at = header.indexOf(column)
    const values = rows.map((row) => row[at] ?? '')
    if (values.length > 0 && values.every((value) => isNoNumber(value, decimal)))
      return `The column ${column} cannot be measurements: its values are not numbers, as “${values[0]!}”.`
  }
  return null
}

/** What is still missing in all tables together, in one sentence, or null. */
export function tablesProblem(tables: readonly ChosenTable[]): string | null {
  const roles = new Set(tables.flatMap(({ mapping }) => mapping.columns.map(({ is }) => is.role)))
  if (!roles.has('activity') && !roles.has('rna')) {
    return roles.has('dna')
      ? 'Say which column holds the counts of RNA.'
      : 'Say which column holds the activity of a cell type, or counts of DNA and RNA.'
  }
  if (roles.has('rna') && !roles.has('dna')) return 'Say which column holds the counts of DNA, which those of RNA are divided by.'
  return null
}
