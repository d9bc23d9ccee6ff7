/** The rows of a long table that are drawn: `from` up to, and without, `to`. */
export interface RowWindow {
  readonly from: number
  readonly to: number
}

/**
 * Those in sight, and some above and below, so that neither scrolling by a wheel nor the Tab key runs out of rows.
 *
 * @param top pixels scrolled; @param height pixels in sight
 */
export function rowWindow(rows: number, rowHeight: number, top: number, height: number, spare = 10): RowWindow {
  const first = Math.floor(Math.max(0, top) / rowHeight)
  const last = Math.ceil((Math.max(0, top) + height) / rowHeight)
  const to = Math.min(rows, last + spare)
  return { from: Math.max(0, Math.min(first - spare, to - 1)), to }
}
