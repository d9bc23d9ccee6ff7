import type { DecimalSign } from '../../shared/domain/mapping.ts'

const MISSING = /^(?:|na|n\/a|#n\/a|nan|null|none|\.|-)$/i
const NUMBERS: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)$/i,
  ',': /^[+-]?(?:(?:\d+,?\d*|,\d+)(?:e[+-]?\d+)?|inf(?:inity)?)$/i,
}

/** Whether a field is neither a number nor one of the ways to say that there is none. The import itself judges by its own, stricter, reading. */
export function isNoNumber(field: string, decimal: DecimalSign): boolean {
  const text = field.trim()
  return !NUMBERS[decimal].test(text) && !MISSING.test(text)
}
