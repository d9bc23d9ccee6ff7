import { describe, expect, it } from 'vitest'
import { darkInk, lightInk } from '../../../src/charts/ink.ts'
import { mark } from '../../../src/charts/marks.ts'

describe('marks', () => {
  it.each([
    ['light', lightInk],
    ['dark', darkInk],
  ])('differ in colour, dash, symbol and pattern on a %s ground', (_, ink) => {
    const marks = [0, 1, 2, 3].map((index) => mark(index, ink))
    for (const key of ['colour', 'dash', 'symbol', 'decal'] as const) {
      expect(new Set(marks.map((one) => JSON.stringify(one[key] ?? null))).size, key).toBe(4)
    }
  })

  it.each([
    ['light', lightInk],
    ['dark', darkInk],
  ])('stand out from a %s ground at 2.5 : 1 or more', (_, ink) => {
    for (const index of [0, 1, 2, 3]) expect(contrast(mark(index, ink).colour, ink.surface)).toBeGreaterThanOrEqual(2.5)
  })
})

/** WCAG 2.2 contrast of two colours. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
