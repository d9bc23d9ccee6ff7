/** Where panels of a chart lie beside and below one another. */
export interface PanelGrid {
  readonly columns: number
  readonly plotWidth: number
  readonly plotHeight: number
  readonly rowHeight: number
  place(index: number): { readonly column: number; readonly left: number; readonly top: number }
}

const LEFT = 62
const GAP = 26
/** Title above and axis below each plot. */
export const TITLE = 52
const AXIS = 48

interface PanelShape {
  readonly narrowest: number
  readonly most: number
  /** Of the plot alone; as high as it is wide where it is a square. */
  readonly height: number | 'square'
}
const LARGEST = 320

/** As many panels beside each other as have room for their axis, the others below. Each has an axis of its own at its left. */
export function panelGrid(panels: number, width: number, { narrowest, most, height }: PanelShape): PanelGrid {
  const columns = Math.max(1, Math.min(most, panels, Math.floor(width / (narrowest + LEFT))))
  const plotWidth = Math.min(width / columns - LEFT - GAP, height === 'square' ? LARGEST : Infinity)
  const plotHeight = height === 'square' ? plotWidth : height
  const rowHeight = TITLE + plotHeight + AXIS
  return {
    columns,
    plotWidth,
    plotHeight,
    rowHeight,
    place: (index) => {
      const column = index % columns
      return { column, left: LEFT + column * (plotWidth + LEFT + GAP), top: rowHeight * Math.floor(index / columns) }
    },
  }
}

/** How high the whole is. */
export function panelsHeight(panels: number, { columns, rowHeight }: PanelGrid): number {
  return rowHeight * Math.max(1, Math.ceil(panels / columns))
}
