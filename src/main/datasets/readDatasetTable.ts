import type { StageProgress } from '../../shared/contract/calls.ts'
import type { ImportFiles } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { withSource } from '../files/openSource.ts'
import { checkSequence } from '../files/readFasta.ts'
import { readNumber } from '../files/readNumber.ts'
import { readTable } from '../files/readTable.ts'
import type { Assembly } from './assembleDataset.ts'
import type { Breathe } from './breathe.ts'
import { Library } from './library.ts'
import { Measurements } from './measurements.ts'
import { replicateOf } from '../../shared/domain/replicateOf.ts'

type TableFile = Extract<ImportFiles, { kind: 'table' }>

interface ActivityColumn {
  readonly at: number
  readonly column: string
  readonly replicate: string
  readonly measurements: Measurements
}

/**
 * Reads a table with a sequence and its activities in each row. Cell types named `X_rep1`, `X_rep2` … are replicates of X
 * (see {@link replicateOf}); each other is a cell type with one replicate.
 */
export async function readDatasetTable(
  { source, columns }: TableFile,
  uploadsFolder: string,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<Assembly> {
  return withSource(source, uploadsFolder, async (opened) => {
    const file = opened.name
    const { header, headerLine, batches } = await readTable(opened)
    const find = (column: string) => columnOf(header, column, file, headerLine)
    const name = find(columns.name)
    const sequence = find(columns.sequence)
    const activities = activityColumns(columns.activities, find, file)
    const library = new Library(file)
    let rows = 0
    for await (const batch of batches) {
      for (const [i, row] of batch.rows.entries()) {
        const line = batch.lines[i]!
        const number = addSequence(library, row[name]!, row[sequence]!, line, columns.name)
        for (const { at, column, replicate, measurements } of activities) {
          measurements.add(
            number,
            replicate,
            readNumber(row[at]!, () => ({ file, line, column })),
            Number.NaN,
            line,
          )
        }
      }
      rows += batch.rows.length
      progress({ stage: `Reading ${file}`, done: opened.bytesRead(), total: opened.size })
      await breathe()
    }
    if (rows === 0) throw new WorkbenchError('invalid-input', `${file} has a header and no rows.`, { file, hint: 'Choose another file.' })
    const measurements = [...new Set(activities.map((activity) => activity.measurements))]
    return {
      library,
      measurements,
      minimumBarcodes: 0,
      files: [{ name: file, role: 'sequences and activities', rows, sha256: opened.sha256() }],
    }
  })
}

function columnOf(header: readonly string[], column: string, file: string, line: number): number {
  const at = header.indexOf(column)
  if (at < 0) {
    throw new WorkbenchError(
      'invalid-input',
      `${file}, line ${line}: the column ${column} is missing. The columns there are ${header.join(', ')}.`,
      { file, line, hint: 'Choose one of those columns.' },
    )
  }
  if (header.includes(column, at + 1)) {
    throw new WorkbenchError('invalid-input', `${file}, line ${line}: there are two columns named ${column}.`, {
      file,
      line,
      hint: 'Rename one of them and choose the file again.',
    })
  }
  return at
}

function activityColumns(columns: Readonly<Record<string, string>>, find: (column: string) => number, file: string): ActivityColumn[] {
  const names = Object.keys(columns).map((name) => name.trim())
  if (names.length === 0)
    throw new WorkbenchError('invalid-input', `No column of ${file} was chosen as an activity.`, {
      file,
      hint: 'Choose a column for at least one cell type.',
    })
  const ofCellType = new Map<string, Measurements>()
  return Object.entries(columns).map(([key, column]) => {
    const { cellType, replicate } = replicateOf(key.trim(), names)
    let measurements = ofCellType.get(cellType)
    if (!measurements) ofCellType.set(cellType, (measurements = new Measurements(cellType, file, false)))
    return { at: find(column), column, replicate, measurements }
  })
}

function addSequence(library: Library, name: string, sequence: string, line: number, nameColumn: string): number {
  const { file } = library
  const refuse = (message: string) =>
    new WorkbenchError('invalid-input', `${file}, line ${line}${name ? ` (${name})` : ''}: ${message}`, {
      file,
      line,
      hint: 'Mend or take out that line, and choose the file again.',
    })
  if (name.trim() === '') throw refuse(`the column ${nameColumn} is empty.`)
  const trimmed = sequence.trim()
  const checked = checkSequence(trimmed)
  if ('message' in checked) throw refuse(checked.message)
  return library.add({ name, sequence: trimmed, codes: checked.codes, line })
}
