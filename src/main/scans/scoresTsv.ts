import type { Score } from '../../shared/domain/scan.ts'

/**
 * Scores as a table: `name`, `length`, then a column a cell type, with the fewest digits that give the stored float32 back.
 * Names byte for byte; one that has a tab in it, which would shift the columns, or begins with a quote stands in
 * quotes.
 */
export function tsvHeader(cellTypes: readonly string[]): string {
  return `${['name', 'length', ...cellTypes].map(field).join('\t')}\n`
}

/** The lines of the table that {@link tsvHeader} begins. */
export function tsvLines(scores: readonly Score[]): string {
  return scores.map(({ name, length, scores: values }) => `${[field(name), length, ...values.map(shortestFloat32)].join('\t')}\n`).join('')
}

/** A text as a field of a tab-separated table. */
export function field(text: string): string {
  return /^"|\t/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The shortest decimal number that rounds to the same float32: what was predicted, without the digits that double precision makes up. */
export function shortestFloat32(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === Math.fround(value)) return shorter
  }
  return Number(value.toPrecision(9))
}
