import { WorkbenchError } from '../../shared/domain/errors.ts'
import { formatCount } from '../../shared/text/numbers.ts'

/** What a cell holds; null is an empty cell. */
export type WorkbookCell = string | number | null

export type WorkbookRow = readonly WorkbookCell[]

/** A sheet: a header that stays in sight, and rows below it. */
export interface WorkbookSheet {
  readonly name: string
  readonly header: readonly string[]
  /** All of them, or some at a time as they come. */
  readonly rows: readonly WorkbookRow[] | AsyncIterable<readonly WorkbookRow[]>
}

/** Excel's own limits; the header is one of the rows. */
const MOST = { rows: 1_048_576, columns: 16_384, letters: 32_767 } as const

/**
 * Before rows that come one after the other are asked for.
 *
 * @param rows without the header
 * @throws WorkbenchError `invalid-input` where a sheet has no room for so many
 */
export function refuseTooManyRows(name: string, rows: number): void {
  if (rows < MOST.rows) return
  throw tooLarge(name, `a sheet has room for ${formatCount(MOST.rows - 1)} rows below its header, and these are ${formatCount(rows)}`)
}

/**
 * @param row its number in the sheet, from 1
 * @throws WorkbenchError `invalid-input` where Excel has no room for its cells
 */
export function refuseTooWide(name: string, row: number, cells: WorkbookRow): void {
  if (cells.length > MOST.columns)
    throw tooLarge(name, `it has ${formatCount(cells.length)} columns, and a sheet has room for ${formatCount(MOST.columns)}`)
  for (let column = 0; column < cells.length; column++) {
    const value = cells[column]
    if (typeof value !== 'string' || value.length <= MOST.letters) continue
    const letters = `${formatCount(value.length)} letters in column ${column + 1}`
    throw tooLarge(name, `row ${formatCount(row)} has ${letters}, and a cell has room for ${formatCount(MOST.letters)}`)
  }
}

function tooLarge(name: string, why: string): WorkbenchError {
  return new WorkbenchError('invalid-input', `${name} does not fit into a workbook of Excel: ${why}.`, {
    hint: 'Save it as TSV instead, or choose less of it.',
  })
}
