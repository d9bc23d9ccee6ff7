import { describe, expect, it } from 'vitest'
import { histogramsHeight, histogramsOption, histogramsTable, type HistogramPanel } from '../../../src/charts/histograms.ts'
import { lightInk } from '../../../src/charts/ink.ts'
import { panelGrid } from '../../../src/charts/panels.ts'
import { renderSvg } from './renderSvg.ts'

const panels: HistogramPanel[] = [
  { title: 'Length', axis: 'Length (bases)', histogram: { edges: [100, 110, 120], counts: [3, 5] }, format: String },
  { title: 'GC content', axis: 'GC (%)', histogram: { edges: [40, 42], counts: [8] }, format: String },
]

describe('histograms', () => {
  it('have a title, and an axis with its unit', () => {
    const svg = renderSvg(histogramsOption(panels, lightInk, 900), 900, histogramsHeight(2, 900))
    for (const text of ['Length', 'Length (bases)', 'GC content', 'GC (%)', 'Elements']) expect(svg).toContain(`>${text}</text>`)
  })

  it('give their bins as a table', () => {
    expect(histogramsTable(panels)).toEqual({
      header: ['of', 'from', 'to', 'elements'],
      rows: [
        ['Length', 100, 110, 3],
        ['Length', 110, 120, 5],
        ['GC content', 40, 42, 8],
      ],
    })
  })
})

describe('panelGrid', () => {
  it('puts panels side by side as far as there is room, and never over one another', () => {
    for (const width of [320, 640, 1000, 1600]) {
      const grid = panelGrid(5, width, { narrowest: 190, most: 3, height: 'square' })
      const places = [0, 1, 2, 3, 4].map(grid.place)
      for (const { left } of places) expect(left + grid.plotWidth).toBeLessThanOrEqual(width)
      for (const [i, a] of places.entries())
        for (const b of places.slice(i + 1))
          expect(Math.abs(a.left - b.left) >= grid.plotWidth || Math.abs(a.top - b.top) >= grid.plotHeight).toBe(true)
      expect(grid.plotHeight).toBe(grid.plotWidth)
    }
  })
})
