import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'
import { readNumber } from './readNumber.ts'
import { readTable } from './readTable.ts'

/** One row of ENCODE's element quantifications: an element in one replicate. */
export interface ActivityRow {
  readonly line: number
  readonly name: string
  readonly replicate: string
  /** The cell type, as the file names it; empty without the column. */
  readonly condition: string
  /** log2(RNA/DNA); NaN or ±Infinity where the file says so. */
  readonly activity: number
  /** Barcodes seen; NaN where the file does not say. */
  readonly barcodes: number
}

const required = ['name', 'replicate', 'log2', 'n_obs_bc'] as const
type ActivityColumn = (typeof required)[number] | 'condition'

/** True for the header of an activity file, whole or lacking a column that the importer will ask for. */
export function isActivityHeader(header: readonly string[]): boolean {
  const names = new Set(header.map((name) => name.toLowerCase()))
  return names.has('log2') && names.has('name') && ['replicate', 'n_obs_bc', 'condition'].some((column) => names.has(column))
}

/**
 * The rows of an ENCODE activity file (`condition replicate name dna_count rna_count ratio log2 n_obs_bc`, in any order and
 * beside any others), batch by batch. Columns are found by name.
 *
 * @param needsBarcodes whether a file without `n_obs_bc` is refused
 * @throws WorkbenchError where a column is missing or a number is none
 */
export async function* readActivities(source: OpenedSource, needsBarcodes: boolean): AsyncGenerator<ActivityRow[]> {
  const file = source.name
  const { header, headerLine, batches } = await readTable(source)
  const column = columnFinder(header, file, headerLine)
  for (const name of required) if (name !== 'n_obs_bc' || needsBarcodes) column(name, true)
  const [name, replicate, log2, barcodes, condition] = [
    column('name'),
    column('replicate'),
    column('log2'),
    column('n_obs_bc'),
    column('condition'),
  ]
  for await (const { lines, rows } of batches) {
    const result: ActivityRow[] = new Array<ActivityRow>(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      const line = lines[i]!
      if (row[name] === '')
        throw new WorkbenchError('invalid-input', `${file}, line ${line}: the column name is empty.`, {
          file,
          line,
          hint: 'Mend that line and choose the file again.',
        })
      result[i] = {
        line,
        name: row[name]!,
        replicate: row[replicate]!.trim(),
        condition: condition < 0 ? '' : row[condition]!.trim(),
        activity: readNumber(row[log2]!, () => ({ file, line, column: 'log2' })),
        barcodes: barcodes < 0 ? Number.NaN : readBarcodes(row[barcodes]!, file, line),
      }
    }
    yield result
  }
}

function readBarcodes(field: string, file: string, line: number): number {
  const count = readNumber(field, () => ({ file, line, column: 'n_obs_bc' }))
  if (count < 0 || count > 2 ** 31 - 1 || (!Number.isNaN(count) && !Number.isInteger(count))) {
    throw new WorkbenchError('invalid-input', `${file}, line ${line}: “${field}” in the column n_obs_bc is not a number of barcodes.`, {
      file,
      line,
      hint: 'Mend that line and choose the file again.',
    })
  }
  return count
}

function columnFinder(header: readonly string[], file: string, line: number) {
  const names = header.map((name) => name.toLowerCase())
  return (name: ActivityColumn, must = false): number => {
    const at = names.indexOf(name)
    if (at >= 0 && names.includes(name, at + 1)) {
      throw new WorkbenchError('invalid-input', `${file}, line ${line}: there are two columns named ${name}.`, {
        file,
        line,
        hint: 'Rename one of them and choose the file again.',
      })
    }
    if (at < 0 && must) {
      throw new WorkbenchError(
        'invalid-input',
        `${file}, line ${line}: the column ${name} is missing. The columns there are ${header.join(', ')}.`,
        {
          file,
          line,
          hint:
            name === 'n_obs_bc'
              ? 'Add it, or set the minimum of barcodes to 0.'
              : `Name the column ${name} in the first line of the file and choose it again.`,
        },
      )
    }
    return at
  }
}
