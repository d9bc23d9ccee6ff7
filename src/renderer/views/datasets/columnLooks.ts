/** What a column's first values look like. The import itself judges by its own, stricter, reading. */
const SEQUENCE = /^[ACGTUNRYSWKMBDHV]{10,}$/i
const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)$/i
const MISSING = /^(?:|na|n\/a|#n\/a|nan|null|none|\.)$/i

export function looksLikeDna(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => SEQUENCE.test(value.trim()))
}

export function looksLikeNumbers(values: readonly string[]): boolean {
  return values.some((value) => NUMBER.test(value.trim())) && firstNonNumber(values) === undefined
}

/** The first value that is neither a number nor one of the ways to say that there is none. */
export function firstNonNumber(values: readonly string[]): string | undefined {
  return values.find((value) => !NUMBER.test(value.trim()) && !MISSING.test(value.trim()))
}
