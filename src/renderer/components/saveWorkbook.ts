import type { TsvCell } from '../../shared/text/toTsv.ts'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { WORKBOOK_TYPE } from '../text/fileTypes.ts'
import { saveFile } from '../text/saveFile.ts'

/** A table with its name, as it is copied and saved. */
export interface SavedTable {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly TsvCell[])[]
}

/** Saves a table as a workbook, in which names stay names. What is not a finite number is left empty. */
export async function saveWorkbook({ reports }: Pick<WorkbenchClient, 'reports'>, { name, header, rows }: SavedTable): Promise<void> {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell)))
  const { fileName, bytes } = await reports.workbook({ name, header: [...header], rows: cells })
  saveFile(fileName, bytes, WORKBOOK_TYPE)
}
