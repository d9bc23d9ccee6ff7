import { WorkbenchError } from '../../shared/domain/errors.ts'

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const MISSING = /^(?:|na|n\/a|#n\/a|nan|null|none|\.)$/i
const INFINITE = /^[+-]?inf(?:inity)?$/i

/** Where a number stands, for the message about what is none. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: string
}

/**
 * The number that a field of a table holds: NaN where the field says that there is none (empty, `NA`, `NaN`, `null`, `.`),
 * ±Infinity where it says so (log2 of a count of zero).
 *
 * @throws WorkbenchError where it is anything else
 */
export function readNumber(field: string, place: () => Place): number {
  if (DECIMAL.test(field)) return Number(field)
  const text = field.trim()
  if (DECIMAL.test(text)) return Number(text)
  if (MISSING.test(text)) return Number.NaN
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  const { file, line, column } = place()
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  throw new WorkbenchError('invalid-input', `${file}, line ${line}: “${shown}” in the column ${column} is not a number.`, {
    file,
    line,
    hint: /^[+-]?\d+,\d+$/.test(text)
      ? 'Write decimals with a full stop.'
      : 'Mend that line, or leave the field empty, and choose the file again.',
  })
}
