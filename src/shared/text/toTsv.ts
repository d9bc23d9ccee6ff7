export type TsvCell = string | number | null

/**
 * Tab-separated text with a header and a line break at the end. Numbers are written in full, missing ones as empty. A
 * cell with a tab, a quote or a line break is quoted, its quotes doubled, as spreadsheets read it.
 */
export function toTsv(header: readonly string[], rows: readonly (readonly TsvCell[])[]): string {
  return [header, ...rows].map((row) => row.map(cell).join('\t') + '\n').join('')
}

function cell(value: TsvCell): string {
  if (value === null) return ''
  const text = String(value)
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
