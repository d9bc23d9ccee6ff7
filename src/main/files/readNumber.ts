import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { DecimalSign } from '../../shared/domain/mapping.ts'

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const COMMA_DECIMAL = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/
/** `#DIV/0!` and `#NUM!` are what Excel makes of a ratio without DNA and of the logarithm of zero. */
const MISSING = /^(?:|na|n\/a|#n\/a|#div\/0!|#num!|nan|null|none|\.)$/i
const INFINITE = /^[+-]?inf(?:inity)?$/i

/** Where a number stands, for the message about what is none. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: string
}

/**
 * The number that a field of a table holds: NaN where the field says that there is none (empty, `NA`, `NaN`, `null`, `.`, `#DIV/0!`),
 * ±Infinity where it says so (log2 of a count of zero).
 *
 * @param decimal the sign that parts whole and fraction; the other sign, which might part thousands, makes it no number
 * @throws WorkbenchError where it is anything else
 */
export function readNumber(field: string, place: () => Place, decimal: DecimalSign = '.'): number {
  if (decimal === '.' && DECIMAL.test(field)) return Number(field)
  const text = field.trim()
  if (decimal === '.' ? DECIMAL.test(text) : COMMA_DECIMAL.test(text)) return Number(text.replace(',', '.'))
  if (MISSING.test(text)) return Number.NaN
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  const { file, line, column } = place()
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  throw new WorkbenchError('invalid-input', `${file}, line ${line}: “${shown}” in the column ${column} is not a number.`, {
    file,
    line,
    hint: hintFor(text, decimal),
  })
}

function hintFor(text: string, decimal: DecimalSign): string {
  if (/^[+-]?\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|(?:\.\d{3})+(?:,\d+)?|(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?)$/.test(text))
    return /^[+-]?\d{1,3}[.,]\d{3}$/.test(text)
      ? `If the file writes thousands so, write its numbers without a mark for them; if it has decimal ${decimal === '.' ? 'commas' : 'points'}, say so where its columns are chosen.`
      : 'Write numbers without a mark for thousands, and choose the file again.'
  if (decimal === '.' && /^[+-]?\d+,\d+$/.test(text))
    return 'If the file has decimal commas, say so where its columns are chosen; or write decimals with a full stop.'
  if (decimal === ',' && /^[+-]?\d+\.\d+$/.test(text)) return 'If the file has decimal points, say so where its columns are chosen.'
  return 'Mend that line, or leave the field empty, and choose the file again.'
}

/** What a field is, without judging: for guesses about a column. */
export function kindOfField(field: string, decimal: DecimalSign = '.'): 'number' | 'missing' | 'text' {
  const text = field.trim()
  if ((decimal === '.' ? DECIMAL : COMMA_DECIMAL).test(text) || INFINITE.test(text)) return 'number'
  return MISSING.test(text) ? 'missing' : 'text'
}
