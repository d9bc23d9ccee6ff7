import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { FileInspection, ImportPlan, PlannedTable } from '../../../shared/domain/importing.ts'
import type { TableMapping } from '../../../shared/domain/mapping.ts'
import { replicateOf } from '../../../shared/domain/replicateOf.ts'
import type { Source } from '../../../shared/domain/source.ts'

/** A file of activities as ENCODE serves them, and what its cell type is to be called. */
export interface EncodeActivities {
  readonly cellType: string
  readonly source: Source
  readonly inspection: FileInspection
}

/** The plan of a FASTA file and a file of activities a cell type, as ENCODE serves them. */
export function encodePlan(fasta: Source, activities: readonly EncodeActivities[], needsBarcodes: boolean): ImportPlan {
  const names = activities.map(({ cellType }) => cellType.trim())
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined)
    throw new WorkbenchError('invalid-input', `${twice} is named twice.`, { hint: 'Give each cell type a name of its own.' })
  return { sequences: { kind: 'fasta', source: fasta }, tables: activities.map((file) => encodeTable(file, needsBarcodes)) }
}

function encodeTable({ cellType, source, inspection }: EncodeActivities, needsBarcodes: boolean): PlannedTable {
  const header = inspection.kind === 'table' || inspection.kind === 'regions' ? inspection.header : []
  // What is missing is named as ENCODE has it, so that reading the file says so.
  const find = (name: string) => header.find((column) => column.toLowerCase() === name)
  const column = (name: string) => find(name) ?? name
  const columns: TableMapping['columns'] = [
    { column: column('name'), is: { role: 'name' } },
    { column: column('replicate'), is: { role: 'replicate' } },
    { column: column('log2'), is: { role: 'activity' } },
  ]
  if (needsBarcodes || find('n_obs_bc') !== undefined) columns.push({ column: column('n_obs_bc'), is: { role: 'barcodes' } })
  if (find('condition') !== undefined) columns.push({ column: column('condition'), is: { role: 'cellType' } })
  return { source, mapping: { header: 'first-line', columns, cellType: cellType.trim(), decimal: '.', firstBase: 0 } }
}

/** Which column of a table holds what, as the command line names them. Cell types map to the column with their activity. */
export interface Columns {
  readonly name: string
  readonly sequence: string
  readonly activities: Readonly<Record<string, string>>
}

/** The plan of one table with a sequence and its activities in each row; `X_rep1`, `X_rep2` … are replicates of X. */
export function tablePlan(source: Source, { name, sequence, activities }: Columns): ImportPlan {
  const names = Object.keys(activities).map((cellType) => cellType.trim())
  const columns: TableMapping['columns'] = [
    { column: name, is: { role: 'name' } },
    { column: sequence, is: { role: 'sequence' } },
    ...Object.entries(activities).map(([key, column]) => ({
      column,
      is: { role: 'activity' as const, ...replicateOf(key.trim(), names) },
    })),
  ]
  return { sequences: { kind: 'table' }, tables: [{ source, mapping: { header: 'first-line', columns, decimal: '.', firstBase: 0 } }] }
}
