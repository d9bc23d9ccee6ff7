import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'
import { readLines } from './readLines.ts'

/** Rows that follow each other, with the line number of each. Empty lines are left out. */
export interface RowBatch {
  readonly lines: readonly number[]
  readonly rows: readonly (readonly string[])[]
}

/** A table that is being read: its header at once, its rows as they come. */
export interface Table {
  readonly header: readonly string[]
  readonly headerLine: number
  readonly batches: AsyncGenerator<RowBatch>
}

const delimiters = ['\t', ',', ';'] as const

/**
 * Opens a table with a header: tab-separated, or with commas or semicolons, fields quoted or not. Each row is on one line.
 *
 * @throws WorkbenchError here, where there is no header, and from `batches`, where a row has other columns than the header
 */
export async function readTable(source: OpenedSource): Promise<Table> {
  const file = source.name
  const batches = readLines(source)
  for (;;) {
    const next = await batches.next()
    if (next.done)
      throw new WorkbenchError('invalid-input', `${file} holds no rows: there are only empty lines.`, {
        file,
        hint: 'Choose another file.',
      })
    const { first, lines } = next.value
    const at = lines.findIndex((line) => line.trim() !== '')
    if (at < 0) continue
    const headerLine = first + at
    const head = lines[at]!
    if (head.startsWith('>')) {
      await batches.return(undefined)
      throw new WorkbenchError(
        'invalid-input',
        `${file}, line ${headerLine}: a table starts with the names of its columns. This looks like FASTA.`,
        {
          file,
          line: headerLine,
          hint: 'Choose it as the sequences, and a TSV file for the activities.',
        },
      )
    }
    const delimiter = guessDelimiter(head)
    const header = splitRow(head, delimiter, file, headerLine).map((name) => name.trim())
    const split = (from: number, texts: readonly string[]) => splitBatch(from, texts, delimiter, header.length, file)
    async function* rest(): AsyncGenerator<RowBatch> {
      yield split(headerLine + 1, lines.slice(at + 1))
      for await (const batch of batches) yield split(batch.first, batch.lines)
    }
    return { header, headerLine, batches: rest() }
  }
}

/** The delimiter that the header has most of; the tab where there is a tie. */
function guessDelimiter(header: string): string {
  const outsideQuotes = header.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => outsideQuotes.split(delimiter).length
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

function splitBatch(first: number, texts: readonly string[], delimiter: string, columns: number, file: string): RowBatch {
  const lines: number[] = []
  const rows: string[][] = []
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!
    if (text === '' || text.trim() === '') continue
    const line = first + i
    const row = splitRow(text, delimiter, file, line)
    if (row.length !== columns) {
      throw new WorkbenchError(
        'invalid-input',
        `${file}, line ${line}: there ${row.length === 1 ? 'is 1 column' : `are ${row.length} columns`} where the header has ${columns}.`,
        {
          file,
          line,
          hint:
            row.length < columns
              ? 'The file may have been cut short: download or copy it again.'
              : 'Mend that line and choose the file again.',
        },
      )
    }
    lines.push(line)
    rows.push(row)
  }
  return { lines, rows }
}

function splitRow(text: string, delimiter: string, file: string, line: number): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at)
      if (end < 0) return [...fields, text.slice(at)]
      fields.push(text.slice(at, end))
      at = end + 1
      continue
    }
    const { field, after } = quotedField(text, at, delimiter, file, line)
    fields.push(field)
    if (after === text.length) return fields
    at = after + 1
  }
}

/** Reads a field from its opening quote, two quotes within standing for one; `after` is where its delimiter is. */
function quotedField(text: string, start: number, delimiter: string, file: string, line: number): { field: string; after: number } {
  let at = start + 1
  let field = ''
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) {
      throw new WorkbenchError('invalid-input', `${file}, line ${line}: a quote is opened and not closed on the line.`, {
        file,
        line,
        hint: 'Mend that line and choose the file again.',
      })
    }
    field += text.slice(at, quote)
    if (text[quote + 1] === '"') {
      field += '"'
      at = quote + 2
      continue
    }
    const after = quote + 1
    if (after === text.length || text[after] === delimiter) return { field, after }
    throw new WorkbenchError('invalid-input', `${file}, line ${line}: a quote stands within a field.`, {
      file,
      line,
      hint: 'Write a quote within quotes as two quotes.',
    })
  }
}
