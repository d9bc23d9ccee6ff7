/** What a table's cell may be; null is what is not defined. */
export type Cell = string | number | null

/** A plain table, columns two spaces apart, columns of numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(textOf))
  const widths = header.map((name, c) => Math.max(name.length, ...texts.map((row) => row[c]!.length)))
  const isNumeric = header.map((_, c) => rows.length > 0 && texts.every((row) => /^(-?[\d.]+|not defined|)$/.test(row[c]!)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (isNumeric[c] ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd() + '\n'
  return line(header) + line(widths.map((width) => '-'.repeat(width))) + texts.map(line).join('')
}

function textOf(cell: Cell): string {
  if (cell === null) return 'not defined'
  if (typeof cell === 'string') return cell
  return Number.isInteger(cell) ? String(cell) : cell.toFixed(4)
}
