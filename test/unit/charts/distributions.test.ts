import { describe, expect, it } from 'vitest'
import { distributionsHeight, distributionsOption, distributionsTable } from '../../../src/charts/distributions.ts'
import { lightInk } from '../../../src/charts/ink.ts'
import { niceCeiling } from '../../../src/charts/niceCeiling.ts'

const cellTypes = [
  { name: 'HepG2', mean: 0.5 },
  { name: 'K562', mean: null },
  { name: 'empty', mean: null },
]
const distributions = {
  HepG2: { edges: [-1, 0, 1, 2], counts: [3, 14, 5] },
  K562: { edges: [-2.5, 0, 2.5], counts: [1, 2] },
  empty: { edges: [], counts: [] },
}
interface Drawn {
  title: { text: string }[]
  grid: { left: number; width: number; top: number }[]
  xAxis: { min: number; max: number; name: string }[]
  yAxis: { max: number; name: string }[]
  series: {
    name: string
    data: number[][]
    markLine?: { data: unknown[] }
    renderItem: (
      params: null,
      api: { value: (dimension: number) => number; coord: (at: [number, number]) => number[] },
    ) => { shape: object }
  }[]
  tooltip: { formatter: (point: { data: number[]; seriesName: string }) => string }
}
const option = distributionsOption(cellTypes, distributions, lightInk, 900) as unknown as Drawn

describe('the distributions of activity', () => {
  it('are drawn side by side over one range, without cell types that have nothing to show', () => {
    expect(option.title.map(({ text }) => text)).toEqual(['HepG2', 'K562'])
    expect(option.xAxis.map(({ min, max }) => [min, max])).toEqual([
      [-3, 3],
      [-3, 3],
    ])
    expect(option.yAxis.map(({ max }) => max)).toEqual([15, 15])
    expect(option.xAxis[0]!.name).toBe('Activity (log2 RNA/DNA)')
  })

  it('draw each bin from its edge to the next', () => {
    expect(option.series[0]!.data).toEqual([
      [-1, 0, 3],
      [0, 1, 14],
      [1, 2, 5],
    ])
    const drawn = option.series[0]!.renderItem(null, {
      value: (dimension) => [0, 1, 14][dimension]!,
      coord: ([x, y]) => [100 + 10 * x, 200 - 10 * y],
    })
    expect(drawn.shape).toEqual({ x: 100, y: 60, width: 10, height: 140 })
  })

  it('go on in the next row after three', () => {
    const four = ['a', 'b', 'c', 'd'].map((name) => ({ name, mean: null }))
    const all = Object.fromEntries(four.map(({ name }) => [name, distributions.HepG2]))
    const grids = (distributionsOption(four, all, lightInk, 900) as unknown as Drawn).grid
    expect(grids.map(({ top }) => top)).toEqual([28, 28, 28, 278])
    expect(grids[3]!.left).toBe(grids[0]!.left)
    expect([0, 1, 3, 4].map((cells) => distributionsHeight(cells, 900))).toEqual([250, 250, 250, 500])
  })

  it('stand below one another where the page is narrow, each as wide as the page', () => {
    const three = ['a', 'b', 'c'].map((name) => ({ name, mean: null }))
    const all = Object.fromEntries(three.map(({ name }) => [name, distributions.HepG2]))
    const drawn = distributionsOption(three, all, lightInk, 330) as unknown as Drawn
    expect(drawn.grid.map(({ top }) => top)).toEqual([28, 278, 528])
    for (const { left, width } of drawn.grid) {
      expect(left).toBe(62)
      expect(left + width).toBeLessThanOrEqual(330)
    }
    expect(drawn.yAxis.map(({ name }) => name)).toEqual(['Elements', 'Elements', 'Elements'])
    expect(distributionsHeight(3, 330)).toBe(750)
  })

  it('mark the mean where there is one', () => {
    expect(option.series[0]!.markLine?.data).toEqual([{ xAxis: 0.5 }])
    expect(option.series[1]!.markLine).toBeUndefined()
  })

  it('say a bin and its count in the tooltip', () => {
    expect(option.tooltip.formatter({ data: [-1, 0, 3], seriesName: 'HepG2' })).toBe('HepG2\n−1.00 to 0.00: 3 elements')
  })

  it('come as a table, a line a bin', () => {
    expect(distributionsTable(cellTypes, distributions).rows).toEqual([
      ['HepG2', -1, 0, 3],
      ['HepG2', 0, 1, 14],
      ['HepG2', 1, 2, 5],
      ['K562', -2.5, 0, 1],
      ['K562', 0, 2.5, 2],
    ])
  })

  it.each([
    [1, 1],
    [14, 15],
    [21, 25],
    [26, 30],
    [51, 60],
    [81, 100],
    [0.35, 0.4],
  ])('end an axis for %d at %d', (value, end) => {
    expect(niceCeiling(value)).toBeCloseTo(end, 12)
  })
})
