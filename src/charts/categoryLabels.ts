import { brokenAt } from './wrapText.ts'

const LETTER = 7
const LINE = 17
const GAP = 6
const LONGEST = 22

export interface CategoryLabels {
  /** Degrees that the labels are turned by. */
  readonly rotate: number
  /** Pixels that they take below the axis. */
  readonly height: number
  readonly text: (label: string) => string
}

/** How the labels of an axis fit beside one another, each over `band` pixels: in one line, broken between words, or turned. None is left out. */
export function categoryLabels(labels: readonly string[], band: number): CategoryLabels {
  const letters = Math.floor((band - GAP) / LETTER)
  const broken = labels.map((label) => brokenAt(label, letters))
  if (broken.every((lines) => lines.every((line) => line.length <= letters))) {
    const lines = Math.max(1, ...broken.map(({ length }) => length))
    return { rotate: 0, height: LINE * lines + 12, text: (label) => brokenAt(label, letters).join('\n') }
  }
  const text = (label: string) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label)
  const rotate = band < 24 ? 90 : 45
  const longest = LETTER * Math.max(...labels.map((label) => text(label).length))
  return { rotate, height: Math.ceil(longest * Math.sin((rotate * Math.PI) / 180)) + LINE + 8, text }
}
