import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { ColumnRole, RoleName, TableMapping } from '../../../shared/domain/mapping.ts'

/** Columns of one cell type and replicate, by their places. What is null, the row or the table says. */
export interface MeasuredColumns {
  readonly cellType: string | null
  readonly replicate: string | null
  readonly activity: number | null
  readonly dna: number | null
  readonly rna: number | null
  readonly barcodes: number | null
}

/** A mapping with places in a table's rows for names of columns; −1 where there is none. */
export interface ResolvedMapping {
  readonly name: number
  readonly sequence: number
  readonly barcode: number
  readonly cellType: number
  readonly replicate: number
  readonly chromosome: number
  readonly start: number
  readonly end: number
  readonly strand: number
  readonly labels: readonly { readonly at: number; readonly column: string }[]
  readonly measured: readonly MeasuredColumns[]
}

const once = ['name', 'sequence', 'barcode', 'cellType', 'replicate', 'chromosome', 'start', 'end', 'strand'] as const
type Once = (typeof once)[number]
const roleWords: Readonly<Record<Once, string>> = {
  name: 'names',
  sequence: 'sequences',
  barcode: 'barcodes',
  cellType: 'cell types',
  replicate: 'replicates',
  chromosome: 'chromosomes',
  start: 'starts',
  end: 'ends',
  strand: 'strands',
}

/**
 * Finds the columns of a mapping in a table.
 *
 * @throws WorkbenchError where one is missing or stands there twice, or the mapping does not make sense
 */
export function resolveMapping(mapping: TableMapping, header: readonly string[], file: string, line: number): ResolvedMapping {
  const placeOf = new Map<string, number>()
  const twice = new Set<string>()
  for (const [at, name] of header.entries()) {
    if (placeOf.has(name)) twice.add(name)
    else placeOf.set(name, at)
  }
  const places = mapping.columns
    .filter(({ is }) => is.role !== 'ignore')
    .map(({ column, is }) => {
      const at = placeOf.get(column)
      if (at === undefined) throw missing(column, header, file, line)
      if (twice.has(column)) throw doubled(column, file, line)
      return { at, column, is }
    })
  const placed = Object.fromEntries(once.map((role) => [role, placeOfRole(role, places, file)])) as Record<Once, number>
  const measured = measuredColumns(places, file)
  refuseNonsense(mapping, placed, measured, file)
  return {
    ...placed,
    labels: places.filter(({ is }) => is.role === 'label').map(({ at, column }) => ({ at, column })),
    measured,
  }
}

interface PlacedColumn {
  readonly at: number
  readonly column: string
  readonly is: ColumnRole
}

function placeOfRole(role: Once, places: readonly PlacedColumn[], file: string): number {
  const found = places.filter(({ is }) => is.role === role)
  if (found.length > 1) {
    throw new WorkbenchError(
      'invalid-input',
      `Two columns of ${file} were chosen for the ${roleWords[role]}: ${found.map(({ column }) => column).join(' and ')}.`,
      { file, hint: 'Choose one of them.' },
    )
  }
  return found[0]?.at ?? -1
}

type Measured = Extract<ColumnRole, { role: 'activity' | 'dna' | 'rna' | 'barcodes' }>
const isMeasured = (is: ColumnRole): is is Measured => (['activity', 'dna', 'rna', 'barcodes'] as RoleName[]).includes(is.role)

function measuredColumns(places: readonly PlacedColumn[], file: string): MeasuredColumns[] {
  const groups = new Map<
    string,
    Record<'activity' | 'dna' | 'rna' | 'barcodes', number | null> & Pick<MeasuredColumns, 'cellType' | 'replicate'>
  >()
  for (const { at, column, is } of places) {
    if (!isMeasured(is)) continue
    const key = JSON.stringify([is.cellType ?? null, is.replicate ?? null])
    let group = groups.get(key)
    if (!group) {
      group = { cellType: is.cellType ?? null, replicate: is.replicate ?? null, activity: null, dna: null, rna: null, barcodes: null }
      groups.set(key, group)
    }
    if (group[is.role] !== null) throw claimedTwice(column, is, file)
    group[is.role] = at
  }
  const all = [...groups.values()]
  // A count of barcodes for all replicates, or for all cell types, serves those that have none of their own.
  const barcodesFor = ({ cellType, replicate }: MeasuredColumns) =>
    (replicate === null
      ? undefined
      : all.find((other) => other.barcodes !== null && other.cellType === cellType && other.replicate === null)) ??
    all.find((other) => other.barcodes !== null && other.cellType === null && other.replicate === null)
  return all
    .filter(({ activity, dna, rna }) => activity !== null || dna !== null || rna !== null)
    .map((group) => ({ ...group, barcodes: group.barcodes ?? barcodesFor(group)?.barcodes ?? null }))
}

function refuseNonsense(mapping: TableMapping, placed: Record<Once, number>, measured: readonly MeasuredColumns[], file: string): void {
  const refuse = (message: string, hint: string) => new WorkbenchError('invalid-input', message, { file, hint })
  const isRegion = placed.chromosome >= 0 && placed.start >= 0 && placed.end >= 0
  if (placed.name < 0 && !isRegion) throw refuse(`No column of ${file} was chosen for the names.`, 'Choose the column with the names.')
  const both = measured.find(({ activity, dna, rna }) => activity !== null && (dna !== null || rna !== null))
  if (both)
    throw refuse(`${file} has activities and counts for the same replicate.`, 'Choose the one or the other, and ignore the other columns.')
  if (placed.barcode >= 0 && measured.some(({ activity }) => activity !== null))
    throw refuse(
      `${file} has a row a barcode, and activities cannot be summed over barcodes.`,
      'Choose columns with counts of DNA and RNA.',
    )
  const unnamed = measured.some(({ cellType, activity, rna }) => cellType === null && (activity !== null || rna !== null))
  if (unnamed && placed.cellType < 0 && mapping.cellType === undefined)
    throw refuse(`It is not said which cell type the activities in ${file} are of.`, 'Name the cell type of the table, or of each column.')
}

function claimedTwice(column: string, is: Measured, file: string): WorkbenchError {
  const whose = [is.cellType, is.replicate && `replicate ${is.replicate}`].filter(Boolean).join(', ')
  return new WorkbenchError(
    'invalid-input',
    whose ? `${whose} is named twice.` : `Two columns of ${file} were chosen for the same; ${column} is one of them.`,
    { file, hint: 'Give each column a cell type or a replicate of its own.' },
  )
}

function missing(column: string, header: readonly string[], file: string, line: number): WorkbenchError {
  const named = header.length > 40 ? `${header.slice(0, 40).join(', ')} and ${header.length - 40} more` : header.join(', ')
  return new WorkbenchError('invalid-input', `${file}, line ${line}: the column ${column} is missing. The columns there are ${named}.`, {
    file,
    line,
    hint: 'Choose one of those columns.',
  })
}

function doubled(column: string, file: string, line: number): WorkbenchError {
  return new WorkbenchError('invalid-input', `${file}, line ${line}: there are two columns named ${column}.`, {
    file,
    line,
    hint: 'Rename one of them and choose the file again.',
  })
}
