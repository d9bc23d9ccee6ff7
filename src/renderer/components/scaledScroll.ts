/**
 * Where a long table is, and where its scroller is. Browsers allow no element to be higher than some tens of millions of
 * pixels, so the scroller of a longer table is shorter than the table.
 */
export interface ScrollPlace {
  /** Pixels from the top of the table to what is in sight, from 0 to {@link ScrollSize.table} − view. */
  readonly table: number
  /** Pixels that the scroller is scrolled by. */
  readonly scroller: number
}

/** Heights in pixels: of all rows, of what the scroller scrolls over, and of what is in sight. */
export interface ScrollSize {
  readonly table: number
  readonly scroller: number
  readonly view: number
}

/** Below what every browser draws (Firefox ends first, at 17.9 million pixels). */
export const HIGHEST_SCROLLER = 8_000_000

export function scrollSize(rows: number, rowHeight: number, view: number, highest = HIGHEST_SCROLLER): ScrollSize {
  const table = rows * rowHeight
  return { table, scroller: Math.min(table, Math.max(highest, view)), view }
}

/**
 * The place after the scroller has moved. A move of up to two views is what a wheel, a finger or a key makes, and goes as many
 * pixels over the table; a longer one is the scroll bar's, and goes over the table in proportion. The ends of both meet.
 */
export function scrolledTo(scroller: number, before: ScrollPlace, size: ScrollSize): ScrollPlace {
  const [lastScroller, lastTable] = [Math.max(0, size.scroller - size.view), Math.max(0, size.table - size.view)]
  if (lastScroller === lastTable || scroller <= 0 || scroller >= lastScroller) return { scroller, table: inProportion(scroller, size) }
  const moved = scroller - before.scroller
  const table = Math.abs(moved) <= 2 * size.view ? before.table + moved : inProportion(scroller, size)
  return { scroller, table: Math.min(lastTable, Math.max(0, table)) }
}

/** Where the scroller belongs for a place in the table: there it is put once scrolling rests, so that neither ends before the other. */
export function settledAt(table: number, size: ScrollSize): ScrollPlace {
  const [lastScroller, lastTable] = [Math.max(0, size.scroller - size.view), Math.max(0, size.table - size.view)]
  const within = Math.min(lastTable, Math.max(0, table))
  return { table: within, scroller: lastTable === 0 ? 0 : Math.round((within / lastTable) * lastScroller) }
}

function inProportion(scroller: number, { table, scroller: height, view }: ScrollSize): number {
  const [lastScroller, lastTable] = [Math.max(0, height - view), Math.max(0, table - view)]
  return lastScroller === 0 ? 0 : (Math.min(lastScroller, Math.max(0, scroller)) / lastScroller) * lastTable
}
