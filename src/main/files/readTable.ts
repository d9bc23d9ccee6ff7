import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { HeaderKind } from '../../shared/domain/mapping.ts'
import type { OpenedSource } from './openSource.ts'
import { readLines, type LineBatch } from './readLines.ts'
import { splitRecord, type Delimiter } from './splitRecord.ts'

/** Rows that follow each other, with the number of the line on which each begins. Empty lines are left out. */
export interface RowBatch {
  readonly lines: readonly number[]
  readonly rows: readonly (readonly string[])[]
}

/** A table that is being read: its header at once, its rows as they come. */
export interface Table {
  readonly header: readonly string[]
  /** The line of the header, or of the first row where there is none. */
  readonly headerLine: number
  /** Null in a workbook. */
  readonly delimiter: Delimiter | null
  readonly batches: AsyncGenerator<RowBatch>
}

const delimiters = ['\t', ',', ';'] as const
/** Names of the columns of BED, by the UCSC genome browser's format page. */
const bedColumns = [
  'chrom',
  'start',
  'end',
  'name',
  'score',
  'strand',
  'thickStart',
  'thickEnd',
  'itemRgb',
  'blockCount',
  'blockSizes',
  'blockStarts',
]
/** A quoted field may hold line ends, but no page of them: a quote that is never closed would take in the whole file. */
const MOST_LINES_OF_A_RECORD = 1000

/**
 * Opens a table: tab-separated, or with commas or semicolons, or, where there is none of these, with spaces; fields quoted or
 * not, quoted ones with line ends in them or not.
 *
 * @throws WorkbenchError here, where there is nothing, and from `batches`, where a row has other columns than the header
 */
export async function readTable(source: OpenedSource, headerKind: HeaderKind = 'first-line'): Promise<Table> {
  const file = source.name
  const isBed = headerKind === 'bed'
  const records = recordsOf(readLines(source, true), file, isBed)
  const first = await records.next()
  if (first.done)
    throw new WorkbenchError('invalid-input', `${file} holds no rows: there are only empty lines.`, { file, hint: 'Choose another file.' })
  const { line: headerLine, text: head } = first.value.records[0]!
  if (head.startsWith('>')) {
    await records.return(undefined)
    throw new WorkbenchError(
      'invalid-input',
      `${file}, line ${headerLine}: a table starts with the names of its columns. This looks like FASTA.`,
      { file, line: headerLine, hint: 'Choose it as the sequences, and a TSV file for the activities.' },
    )
  }
  const delimiter = first.value.delimiter
  const fields = splitRecord(head, delimiter, file, headerLine)!
  const header = headerKind === 'first-line' ? fields.map((name) => name.trim()) : columnNames(fields.length, isBed)
  async function* rows(): AsyncGenerator<RowBatch> {
    const { records: held } = (first as IteratorYieldResult<RecordBatch>).value
    yield splitBatch(headerKind === 'first-line' ? held.slice(1) : held, delimiter, header.length, file)
    for await (const batch of records) yield splitBatch(batch.records, delimiter, header.length, file)
  }
  return { header, headerLine, delimiter, batches: rows() }
}

/** Names of columns that have none of their own. */
export function columnNames(columns: number, isBed: boolean): string[] {
  return Array.from({ length: columns }, (_, i) => (isBed ? bedColumns[i] : undefined) ?? `Column ${i + 1}`)
}

interface TextRecord {
  readonly line: number
  readonly text: string
}
interface RecordBatch {
  readonly records: readonly TextRecord[]
  readonly delimiter: Delimiter
}

/** The records of a table as text: a line each, or several where a quoted field holds line ends. */
async function* recordsOf(batches: AsyncGenerator<LineBatch>, file: string, isBed: boolean): AsyncGenerator<RecordBatch, void> {
  let delimiter: Delimiter | undefined
  let open: { readonly line: number; readonly lines: string[] } | undefined
  for await (const { first, lines } of batches) {
    const records: TextRecord[] = []
    for (let i = 0; i < lines.length; i++) {
      const raw = lines[i]!
      if (open) {
        open.lines.push(raw)
        if (!raw.includes('"') && open.lines.length < MOST_LINES_OF_A_RECORD) continue
        const text = withoutReturn(open.lines.join('\n'))
        if (splitRecord(text, delimiter!, file, open.line) === null) {
          if (open.lines.length < MOST_LINES_OF_A_RECORD) continue
          throw notClosed(file, open.line)
        }
        records.push({ line: open.line, text })
        open = undefined
        continue
      }
      const text = withoutReturn(raw)
      if (text === '' || text.trim() === '' || (isBed && /^(?:#|track\b|browser\b)/.test(text))) continue
      delimiter ??= isBed ? (text.includes('\t') ? '\t' : ' ') : guessDelimiter(text)
      if (text.includes('"') && splitRecord(text, delimiter, file, first + i) === null) open = { line: first + i, lines: [raw] }
      else records.push({ line: first + i, text })
    }
    if (records.length > 0) yield { records, delimiter: delimiter! }
  }
  if (open) throw notClosed(file, open.line)
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

function notClosed(file: string, line: number): WorkbenchError {
  return new WorkbenchError('invalid-input', `${file}, line ${line}: a quote is opened and not closed.`, {
    file,
    line,
    hint: 'Mend that line and choose the file again.',
  })
}

/** The delimiter that the first line has most of; the tab where there is a tie, spaces where there is none. */
export function guessDelimiter(header: string): Delimiter {
  const outsideQuotes = header.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => outsideQuotes.split(delimiter).length
  const best = delimiters.reduce((most, delimiter) => (count(delimiter) > count(most) ? delimiter : most))
  return count(best) === 1 && /\S +\S/.test(outsideQuotes) ? ' ' : best
}

function splitBatch(records: readonly TextRecord[], delimiter: Delimiter, columns: number, file: string): RowBatch {
  const lines: number[] = new Array<number>(records.length)
  const rows: string[][] = new Array<string[]>(records.length)
  for (let i = 0; i < records.length; i++) {
    const { line, text } = records[i]!
    const row = splitRecord(text, delimiter, file, line)!
    if (row.length !== columns) throw otherColumns(row.length, columns, delimiter, file, line)
    lines[i] = line
    rows[i] = row
  }
  return { lines, rows }
}

/** A row that does not have as many columns as the header. */
function otherColumns(there: number, columns: number, delimiter: Delimiter, file: string, line: number): WorkbenchError {
  return new WorkbenchError(
    'invalid-input',
    `${file}, line ${line}: there ${there === 1 ? 'is 1 column' : `are ${there} columns`} where the header has ${columns}.`,
    {
      file,
      line,
      hint: hintForColumns(there, columns, delimiter),
    },
  )
}

function hintForColumns(there: number, columns: number, delimiter: Delimiter): string {
  if (there < columns) return 'The file may have been cut short: download or copy it again.'
  if (delimiter === ',') return 'If its numbers have decimal commas, part the columns by semicolons or tabs; else mend that line.'
  if (there === columns + 1)
    return 'If R wrote it with names of rows, write it again with row.names = FALSE; else mend that line and choose the file again.'
  return 'Mend that line and choose the file again.'
}
