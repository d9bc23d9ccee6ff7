/** Rows in the order of a column: numbers by size, text by the reader's alphabet, missing values last either way. */
export function sortRows<T>(rows: readonly T[], valueOf: (row: T) => string | number | null, descending: boolean): readonly T[] {
  const direction = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return (
      direction * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true }))
    )
  })
}
