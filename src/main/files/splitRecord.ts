import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { TextFormat } from '../../shared/domain/importing.ts'

export type Delimiter = NonNullable<TextFormat['delimiter']>

/**
 * The fields of one record of a table, quotes taken off (RFC 4180: two quotes within quotes stand for one). A field that does
 * not begin with a quote is taken as it stands.
 *
 * @returns null where a quoted field is not closed, so that the record goes on in the next line
 * @throws WorkbenchError where something follows a closing quote
 */
export function splitRecord(text: string, delimiter: Delimiter, file: string, line: number): string[] | null {
  if (delimiter === ' ') return text.trim().split(/\s+/)
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
    const quoted = quotedField(text, at, delimiter, file, line)
    if (!quoted) return null
    fields.push(quoted.field)
    if (quoted.after === text.length) return fields
    at = quoted.after + 1
  }
}

/** Reads a field from its opening quote; `after` is where its delimiter is. Null where it is not closed. */
function quotedField(
  text: string,
  start: number,
  delimiter: Delimiter,
  file: string,
  line: number,
): { field: string; after: number } | null {
  let at = start + 1
  let field = ''
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return null
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
