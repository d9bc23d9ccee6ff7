import { brokenAt } from './wrapText.ts'

/** Wide for the legend's font, so that no line is longer than it is taken for. */
const LETTER = 7
const TEXT_LINE = 16
const MARK = 35
const PADDING = 5

export interface LegendLayout {
  /** Pixels from the top of the chart to the end of the legend. */
  readonly height: number
  /** An entry's words, broken where they are wider than the chart. */
  readonly text: (name: string) => string
}

/** How much room a legend of so many entries takes in a chart `width` pixels wide, with `gap` pixels between its entries. */
export function legendLayout(names: readonly string[], width: number, gap: number): LegendLayout {
  const room = Math.max(80, width - 2 * PADDING - MARK)
  const text = (name: string) => brokenAt(name, Math.floor(room / LETTER)).join('\n')
  let height = 2 * PADDING
  let left = 0
  let line = 0
  for (const name of names) {
    const words = text(name).split('\n')
    const size = MARK + LETTER * Math.max(...words.map((part) => part.length))
    if (left > 0 && left + size > width - 2 * PADDING) {
      height += line + gap
      left = line = 0
    }
    left += size + gap
    line = Math.max(line, TEXT_LINE * words.length)
  }
  return { height: height + line, text }
}
