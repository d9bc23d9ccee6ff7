import { WorkbenchError } from '../../shared/domain/errors.ts'
import { isDateFormat, isoDate } from './excelDates.ts'
import type { OpenedSource } from './openSource.ts'
import { xmlReader, type XmlAttributes, type XmlEvents } from './readXml.ts'
import { openZip, type ZipArchive } from './zipArchive.ts'

/** A row of a sheet: its number, counted from 1, and its cells from the first column on, empty ones as empty text. */
export interface SheetRow {
  readonly line: number
  readonly cells: string[]
}

/** A workbook of Excel (Office Open XML, ECMA-376), its sheets in their order. */
export interface Workbook {
  readonly sheets: readonly string[]
  /** The rows of a sheet that hold anything, batch by batch; numbers with all their digits, dates as `2026-09-02`. */
  rows(sheet: string): AsyncGenerator<SheetRow[], void>
}

const START_OF_ZIP = 'PK\x03\x04'

/** Whether a file may be a workbook of Excel, by its first bytes. */
export function startsAsWorkbook(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength)).toString('latin1') === START_OF_ZIP
}

/** @throws WorkbenchError where the bytes are no workbook, or a damaged one */
export async function readWorkbook(source: OpenedSource): Promise<Workbook> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source.chunks) chunks.push(chunk)
  const file = source.name
  const { outcome = 'Nothing was changed.' } = source
  const named = { name: file, outcome }
  return inWords(named, async () => {
    const zip = await openZip(Buffer.concat(chunks))
    if (!zip.names.includes('xl/workbook.xml')) throw notAWorkbook(file, zip.names)
    const { sheets, since1904 } = await readSheets(zip)
    const [strings, isDate] = [await readStrings(zip), await readDateStyles(zip)]
    return {
      sheets: [...sheets.keys()],
      rows: (sheet) => readRows(zip, sheets.get(sheet) ?? '', { strings, isDate, since1904 }, named),
    }
  })
}

async function inWords<T>(named: Named, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    throw damaged(named, fault)
  }
}

/** A workbook, and what it comes to where it cannot be read. */
interface Named {
  readonly name: string
  readonly outcome: string
}

function damaged({ name: file, outcome }: Named, fault: unknown): unknown {
  if (fault instanceof WorkbenchError) return fault
  const why = fault instanceof RangeError ? `: ${fault.message}` : ''
  return new WorkbenchError(
    'invalid-input',
    `${file} cannot be read as a workbook of Excel${why}. ${outcome}`,
    { file, hint: 'Open it in its program and save it again, or save the sheet as tab-separated text.' },
    { cause: fault },
  )
}

function notAWorkbook(file: string, names: readonly string[]): WorkbenchError {
  const isOpenDocument = names.includes('content.xml')
  return new WorkbenchError(
    'invalid-input',
    `${file} is ${isOpenDocument ? 'an OpenDocument file' : 'a ZIP archive'}, not text that the workbench can read.`,
    {
      file,
      hint: isOpenDocument ? 'Save the sheet as tab-separated text (.tsv), CSV or XLSX.' : 'Unpack it and choose the files in it.',
    },
  )
}

/** Tells the XML of a part of the workbook; nothing where there is no such part. */
async function tellPart(zip: ZipArchive, part: string, events: XmlEvents): Promise<void> {
  const content = zip.open(part)
  if (!content) return
  const reader = xmlReader(events)
  for await (const piece of content) reader.push(piece)
  reader.finish()
}

async function readSheets(zip: ZipArchive): Promise<{ sheets: ReadonlyMap<string, string>; since1904: boolean }> {
  const targets = new Map<string, string>()
  await tellPart(zip, 'xl/_rels/workbook.xml.rels', {
    ...nothing,
    open: (name, attributes) => {
      if (name === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '')
    },
  })
  const sheets = new Map<string, string>()
  let since1904 = false
  await tellPart(zip, 'xl/workbook.xml', {
    ...nothing,
    open: (name, attributes) => {
      if (name === 'workbookPr') since1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const target = targets.get(relationOf(attributes)) ?? ''
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      // A sheet may hold a chart alone.
      if (part.includes('worksheets/')) sheets.set(attributes['name'] ?? '', part)
    },
  })
  return { sheets, since1904 }
}

/** The relation that a sheet names: `r:id`, or with another prefix for the same namespace. */
function relationOf(attributes: XmlAttributes): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''
}

const nothing: XmlEvents = { open: () => {}, close: () => {}, text: () => {} }

/** Texts that cells share, by their numbers. What Excel knows of their pronunciation is no part of them. */
async function readStrings(zip: ZipArchive): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let inText = false
  let inPhonetic = false
  await tellPart(zip, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inPhonetic = true
    },
    close: (name) => {
      if (name === 'si') strings.push(unescape(text))
      else if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
    },
    text: (piece) => {
      if (inText && !inPhonetic) text += piece
    },
  })
  return strings
}

/** Which cell styles show a number as a date. */
async function readDateStyles(zip: ZipArchive): Promise<boolean[]> {
  const formats = new Map<number, string>()
  const isDate: boolean[] = []
  let inCellStyles = false
  await tellPart(zip, 'xl/styles.xml', {
    ...nothing,
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) {
        const format = Number(attributes['numFmtId'] ?? 0)
        isDate.push(isDateFormat(format, formats.get(format)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return isDate
}

interface CellWords {
  readonly strings: readonly string[]
  readonly isDate: readonly boolean[]
  readonly since1904: boolean
}

async function* readRows(zip: ZipArchive, part: string, words: CellWords, named: Named): AsyncGenerator<SheetRow[], void> {
  const content = zip.open(part)
  if (!content) return
  let batch: SheetRow[] = []
  const reader = xmlReader(rowEvents(words, (row) => batch.push(row)))
  try {
    for await (const piece of content) {
      reader.push(piece)
      if (batch.length === 0) continue
      yield batch
      batch = []
    }
    reader.finish()
  } catch (fault) {
    throw damaged(named, fault)
  }
}

function rowEvents({ strings, isDate, since1904 }: CellWords, push: (row: SheetRow) => void): XmlEvents {
  let line = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let inValue = false
  const textOfCell = (): string => {
    if (type === 's') return strings[Number(value)] ?? ''
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
    if (type === 'str' || type === 'inlineStr') return unescape(value)
    return type === '' || type === 'n' ? (isDate[style] && value !== '' ? isoDate(Number(value), since1904) : value) : value
  }
  return {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1)
        cells = []
        column = -1
      } else if (name === 'c') {
        const place = attributes['r']
        column = place === undefined ? column + 1 : columnOf(place)
        type = attributes['t'] ?? ''
        style = Number(attributes['s'] ?? 0)
        value = ''
      } else if (name === 'v' || name === 't') inValue = true
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'c') {
        while (cells.length < column) cells.push('')
        cells[column] = textOfCell()
      } else if (name === 'row' && cells.some((cell) => cell !== '')) push({ line, cells })
    },
    text: (piece) => {
      if (inValue) value += piece
    },
  }
}

/** The column of a place such as `AB12`, counted from 0. */
function columnOf(place: string): number {
  let column = 0
  for (let i = 0; i < place.length; i++) {
    const letter = place.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

/** Excel writes what XML cannot hold as `_x000D_`. */
function unescape(text: string): string {
  return text.includes('_x') ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text
}
