import { stat } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { HeaderKind } from '../../shared/domain/mapping.ts'
import type { Source } from '../../shared/domain/source.ts'
import { pathOfSource, withSource, type OpenedSource } from './openSource.ts'
import { columnNames, readTable, type RowBatch, type Table } from './readTable.ts'
import { readWorkbook, startsAsWorkbook, type SheetRow } from './readWorkbook.ts'

/** How a table is to be read: which sheet of a workbook, and where the names of its columns are. */
export interface TableReading {
  readonly sheet?: string | undefined
  readonly header: HeaderKind
  /** What it comes to where it cannot be read to its end, as a sentence. */
  readonly outcome?: string
}

/** A table out of a text file or a workbook, with the file that it is in. */
export interface OpenedTable extends Table {
  readonly source: OpenedSource
  /** Of a workbook: its sheets, and the one that is read; empty and null in a text file. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
}

/** Opens a table, of whichever format, for as long as `read` works on it. */
export async function withTable<T>(
  source: Source,
  uploadsFolder: string,
  reading: TableReading,
  read: (table: OpenedTable) => Promise<T>,
): Promise<T> {
  if ((await isRewindable(source, uploadsFolder)) && (await withSource(source, uploadsFolder, isWorkbook, 'bytes'))) {
    return withSource(source, uploadsFolder, async (opened) => read(await openSheet(opened, reading)), 'bytes', reading.outcome)
  }
  return withSource(
    source,
    uploadsFolder,
    async (opened) => read({ ...(await readTable(opened, reading.header)), source: opened, sheets: [], sheet: null }),
    'text',
    reading.outcome,
  )
}

/** A pipe can be read once only, so it cannot be looked at first. It is taken for text. */
async function isRewindable(source: Source, uploadsFolder: string): Promise<boolean> {
  if (source.kind === 'text') return false
  const found = await stat(pathOfSource(source, uploadsFolder)).catch(() => null)
  return found === null || !found.isFIFO()
}

async function isWorkbook(source: OpenedSource): Promise<boolean> {
  for await (const chunk of source.chunks) return startsAsWorkbook(chunk)
  return false
}

async function openSheet(source: OpenedSource, { sheet: asked, header: headerKind }: TableReading): Promise<OpenedTable> {
  const file = source.name
  const workbook = await readWorkbook(source)
  const sheet = asked ?? workbook.sheets[0]
  if (sheet === undefined || !workbook.sheets.includes(sheet)) {
    throw new WorkbenchError('invalid-input', sheet === undefined ? `${file} holds no sheet.` : `${file} has no sheet ${sheet}.`, {
      file,
      hint: workbook.sheets.length > 0 ? `Its sheets are ${workbook.sheets.join(', ')}.` : 'Choose another file.',
    })
  }
  const batches = workbook.rows(sheet)
  const first = await batches.next()
  const held = first.done ? [] : first.value
  const [head] = held
  if (!head) {
    throw new WorkbenchError('invalid-input', `${file}, sheet ${sheet}: there are no rows.`, {
      file,
      hint: 'Choose another sheet or file.',
    })
  }
  const named = headerKind === 'first-line'
  const header = named ? withoutEmptyEnd(head.cells).map((name) => name.trim()) : columnNames(head.cells.length, headerKind === 'bed')
  async function* rows(): AsyncGenerator<RowBatch> {
    yield toBatch(held.slice(named ? 1 : 0), header.length, `${file}, sheet ${sheet}`, file)
    for await (const batch of batches) yield toBatch(batch, header.length, `${file}, sheet ${sheet}`, file)
  }
  return { source, sheets: workbook.sheets, sheet, header, headerLine: head.line, delimiter: null, batches: rows() }
}

/** Rows as wide as the header: Excel leaves out empty cells at the end, and keeps some that only have a colour. */
function toBatch(rows: readonly SheetRow[], columns: number, where: string, file: string): RowBatch {
  for (const { line, cells } of rows) {
    while (cells.length < columns) cells.push('')
    while (cells.length > columns && cells.at(-1) === '') cells.pop()
    if (cells.length > columns) {
      throw new WorkbenchError(
        'invalid-input',
        `${where}, row ${line}: there are ${cells.length} columns where the header has ${columns}.`,
        {
          file,
          line,
          hint: 'Mend that row and choose the file again.',
        },
      )
    }
  }
  return { lines: rows.map(({ line }) => line), rows: rows.map(({ cells }) => cells) }
}

function withoutEmptyEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  return cells.slice(0, last + 1)
}
