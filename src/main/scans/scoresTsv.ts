/**
 * A text as a field of a tab-separated table, byte for byte; one that has a tab or a line break in it, which would shift the columns,
 * or begins with a quote stands in quotes.
 */
export function field(text: string): string {
  return /^"|[\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The shortest decimal number that rounds to the same float32: what was predicted, without the digits that double precision makes up. */
export function shortestFloat32(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === Math.fround(value)) return shorter
  }
  return Number(value.toPrecision(9))
}
