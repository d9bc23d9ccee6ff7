import { describe, expect, it } from 'vitest'
import { calibrationHeight, calibrationOption, calibrationTable } from '../../../src/charts/calibrationCurves.ts'
import { lightInk } from '../../../src/charts/ink.ts'
import { renderSvg } from './renderSvg.ts'

const panel = {
  title: 'HepG2',
  points: [
    { predicted: -0.5, measured: -0.7, standardError: 0.05, n: 40 },
    { predicted: 0.5, measured: 0.9, standardError: null, n: 1 },
  ],
}
interface Drawn {
  series: { data: number[][] }[]
  xAxis: { min: number; max: number }[]
  yAxis: { min: number; max: number }[]
}

describe('calibration', () => {
  it('has both axes alike, so that the identity line is the diagonal, and all points with their errors inside', () => {
    const { series, xAxis, yAxis } = calibrationOption([panel], 'log2 RNA/DNA', lightInk, 900) as unknown as Drawn
    const { min, max } = xAxis[0]!
    expect(yAxis[0]).toMatchObject({ min, max })
    expect(series[0]!.data).toEqual([
      [min, min],
      [max, max],
    ])
    expect(min).toBeLessThan(-0.75)
    expect(max).toBeGreaterThan(0.9)
    expect(series[1]!.data[0]).toEqual([-0.5, -0.75, -0.7 + 0.05])
    expect(series[2]!.data).toEqual([
      [-0.5, -0.7],
      [0.5, 0.9],
    ])
  })

  it('says how many elements it is from, in the drawing too', () => {
    const svg = renderSvg(calibrationOption([panel], 'log2 RNA/DNA', lightInk, 900), 900, calibrationHeight(1, 900))
    for (const text of ['HepG2', 'n = 41', 'Predicted (log2 RNA/DNA)', 'Measured (log2 RNA/DNA)']) expect(svg).toContain(`>${text}</text>`)
  })

  it('draws a cell type without elements', () => {
    const empty = { title: 'K562', points: [] }
    expect(renderSvg(calibrationOption([empty], 'log2', lightInk, 400), 400, calibrationHeight(1, 400))).toContain('>n = 0</text>')
  })

  it('comes as a table', () => {
    expect(calibrationTable([panel]).rows).toEqual([
      ['HepG2', 1, 40, -0.5, -0.7, 0.05],
      ['HepG2', 2, 1, 0.5, 0.9, null],
    ])
  })
})
