import type { StageProgress } from '../../shared/contract/calls.ts'
import { ALL_CELL_TYPES } from '../../shared/domain/measures.ts'
import type { ImportFiles } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { WritableDatabase } from '../db/database.ts'
import { insertDataset, refuseTakenName } from '../db/datasets.ts'
import { assembleDataset, type Assembly } from './assembleDataset.ts'
import { breather, type Breathe } from './breathe.ts'
import { readDatasetTable } from './readDatasetTable.ts'
import { readEncode } from './readEncode.ts'

/** What stands beside the cell types in a table of scores, as a column or to sort by. */
const SCORE_COLUMNS: readonly string[] = ['name', 'length', 'line']

/** What an import needs from outside. */
export interface ImportContext {
  readonly database: WritableDatabase
  readonly uploadsFolder: string
  readonly now: () => Date
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((value: StageProgress) => void) | undefined
}

export interface ImportRequest {
  readonly name: string
  readonly files: ImportFiles
  /** Replicate values with fewer barcodes do not count. Tables count no barcodes. */
  readonly minimumBarcodes: number
}

/**
 * Imports a dataset. Everything is read, joined and checked in memory, in turns with the process's other work; only then is
 * it written, in one transaction, so that a failure, a stop or a crash at any moment leaves the database as it was.
 *
 * @returns the dataset's id
 * @throws WorkbenchError that names file, line and what to do
 */
export async function importDataset(request: ImportRequest, context: ImportContext): Promise<number> {
  const { files, minimumBarcodes } = request
  refuseCellTypes(files)
  return storeDataset(request.name, false, context, (breathe, progress) =>
    files.kind === 'encode'
      ? readEncode(files, context.uploadsFolder, minimumBarcodes, breathe, progress)
      : readDatasetTable(files, context.uploadsFolder, breathe, progress),
  )
}

/** Assembles what `read` reads and stores it under a name. */
export async function storeDataset(
  name: string,
  simulated: boolean,
  { database, now, signal, progress = () => {} }: ImportContext,
  read: (breathe: Breathe, progress: (value: StageProgress) => void) => Promise<Assembly>,
): Promise<number> {
  refuseTakenName(database, name)
  const breathe = breather(signal)
  const assembled = await assembleDataset(await read(breathe, progress), breathe, progress)
  progress({ stage: 'Saving', done: 0, total: null })
  await breathe()
  return insertDataset(database, { ...assembled, name, simulated, createdAt: now().toISOString() })
}

function refuseCellTypes(files: ImportFiles): void {
  const names = files.kind === 'encode' ? files.activities.map(({ cellType }) => cellType) : Object.keys(files.columns.activities)
  const seen = new Set<string>()
  for (const name of names.map((written) => written.trim())) {
    const wrong =
      name === ''
        ? 'A cell type has no name.'
        : name === ALL_CELL_TYPES
          ? `“${ALL_CELL_TYPES}” stands for all cell types together and cannot be the name of one.`
          : SCORE_COLUMNS.includes(name)
            ? `“${name}” is a column of every table of scores and cannot be the name of a cell type.`
            : seen.has(name)
              ? `${name} is named twice.`
              : null
    if (wrong) throw new WorkbenchError('invalid-input', wrong, { hint: 'Give each cell type a name of its own.' })
    seen.add(name)
  }
}
