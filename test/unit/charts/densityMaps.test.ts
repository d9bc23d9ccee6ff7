import { describe, expect, it } from 'vitest'
import { densityColour } from '../../../src/charts/densityColours.ts'
import { densityMapsHeight, densityMapsOption, densityMapsTable, type DensityPanel } from '../../../src/charts/densityMaps.ts'
import { darkInk, lightInk } from '../../../src/charts/ink.ts'
import { renderSvg } from './renderSvg.ts'

const panel = (title: string): DensityPanel => ({
  title,
  x: 'HepG2 (log2 RNA/DNA)',
  y: 'K562 (log2 RNA/DNA)',
  density: { n: 7, r: 0.5, bins: { from: -1, width: 0.5, count: 3 }, counts: Int32Array.of(0, 1, 0, 0, 4, 0, 0, 0, 2) },
})
const luminance = (colour: string) =>
  (/\d+,\d+,\d+/.exec(colour)![0].split(',').map(Number) as [number, number, number]).reduce((sum, value) => sum + value)

describe('density maps', () => {
  it('draw one square for each bin that holds anything, however many elements', () => {
    const svg = renderSvg(densityMapsOption([panel('one')], lightInk, 800), 800, densityMapsHeight(1, 800))
    for (const count of [1, 4, 2]) expect(svg).toContain(`fill="${densityColour(count, 4, lightInk)}"`)
    expect(svg).toContain('>r = 0.500, n = 7</text>')
    expect(svg).toContain('>HepG2 (log2 RNA/DNA)</text>')
    expect(svg).toContain('>Elements in a square (log scale)</text>')
  })

  it('give the squares as a table', () => {
    const { header, rows } = densityMapsTable([panel('one')])
    expect(header).toEqual(['x', 'y', 'x_from_log2', 'x_to_log2', 'y_from_log2', 'y_to_log2', 'elements'])
    expect(rows.map((row) => row.slice(2))).toEqual([
      [-0.5, 0, -1, -0.5, 1],
      [-0.5, 0, -0.5, 0, 4],
      [0, 0.5, 0, 0.5, 2],
    ])
  })

  it('stand below one another where the page is narrow', () => {
    expect(densityMapsHeight(3, 340)).toBeGreaterThan(densityMapsHeight(3, 1000) * 2)
  })

  it('go from light to dark on paper and from dark to light on a dark ground', () => {
    const shades = (ink: typeof lightInk) => [1, 3, 10, 30, 100].map((count) => luminance(densityColour(count, 100, ink)))
    const [light, dark] = [shades(lightInk), shades(darkInk)]
    expect(light).toEqual([...light].sort((a, b) => b - a))
    expect(dark).toEqual([...dark].sort((a, b) => a - b))
    expect(densityColour(1, 1, lightInk)).toBe(densityColour(5, 5, lightInk))
  })
})
