import { refuseTooManyRows, refuseTooWide, type WorkbookCell, type WorkbookRow, type WorkbookSheet } from './workbookSheet.ts'
import { workbookText } from './workbookText.ts'

export const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
/** The style of headers, by its place among the workbook's. */
const BOLD = ' s="1"'
const ROWS_AT_ONCE = 500
/** Of columns, in letters of the usual font. */
const WIDTH = { least: 8, most: 60 } as const
const ROWS_FOR_WIDTH = 200

/**
 * The XML of a sheet as its rows come. Every text is an inline text, whatever it looks like: no name becomes a number, a date or a
 * formula. Numbers keep all their digits; what is not finite is empty.
 *
 * @throws WorkbenchError `invalid-input` where the rows are more, or larger, than a sheet can hold
 */
export async function* sheetXml({ name, header, rows }: WorkbookSheet): AsyncGenerator<string> {
  if (!(Symbol.asyncIterator in rows)) refuseTooManyRows(name, rows.length)
  let isBegun = false
  let written = 0
  for await (const batch of Symbol.asyncIterator in rows ? rows : inBatches(rows)) {
    if (!isBegun) yield headXml(name, header, batch)
    isBegun = true
    refuseTooManyRows(name, written + batch.length)
    yield batch.map((row) => rowXml(name, ++written + 1, row, '')).join('')
  }
  if (!isBegun) yield headXml(name, header, [])
  yield '</sheetData></worksheet>'
}

function* inBatches(rows: readonly WorkbookRow[]): Generator<readonly WorkbookRow[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE)
}

function headXml(name: string, header: readonly string[], first: readonly WorkbookRow[]): string {
  const widths = header.map((title, column) => {
    const letters = first.slice(0, ROWS_FOR_WIDTH).map((row) => String(row[column] ?? '').length)
    return Math.min(WIDTH.most, Math.max(WIDTH.least, title.length + 2, ...letters.map((count) => count + 2)))
  })
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${SPREADSHEET}">` +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `${columns && `<cols>${columns}</cols>`}<sheetData>${rowXml(name, 1, header, BOLD)}`
  )
}

function rowXml(sheet: string, number: number, cells: WorkbookRow, style: string): string {
  refuseTooWide(sheet, number, cells)
  let xml = `<row r="${number}">`
  for (let column = 0; column < cells.length; column++) xml += cellXml(cells[column]!, `r="${columnLetters(column)}${number}"${style}`)
  return `${xml}</row>`
}

function cellXml(value: WorkbookCell, attributes: string): string {
  if (typeof value === 'number') return Number.isFinite(value) ? `<c ${attributes}><v>${value}</v></c>` : ''
  return value === null || value === ''
    ? ''
    : `<c ${attributes} t="inlineStr"><is><t xml:space="preserve">${workbookText(value)}</t></is></c>`
}

/** `A` to `Z`, then `AA`. */
function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
}
