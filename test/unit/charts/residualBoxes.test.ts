import { describe, expect, it } from 'vitest'
import { lightInk } from '../../../src/charts/ink.ts'
import { residualBoxesHeight, residualBoxesOption, residualBoxesTable, type ResidualPanel } from '../../../src/charts/residualBoxes.ts'
import { renderSvg } from './renderSvg.ts'

const panel = (title: string, labels = ['−1.2 to −0.4', '−0.4 to 0.9']): ResidualPanel => ({
  title,
  bins: labels.map((label, index) =>
    index === 0 ? { label, n: 1234, mean: 0.4, percentiles: [-0.2, 0.1, 0.35, 0.6, 1.1] } : { label, n: 0, mean: null, percentiles: null },
  ),
})

describe('residuals by bins', () => {
  it('name every bin and count its elements, in the drawing', () => {
    const panels = [panel('HepG2'), panel('K562')]
    const svg = renderSvg(residualBoxesOption(panels, 'log2 units', lightInk, 900), 900, residualBoxesHeight(panels, 900))
    for (const text of ['HepG2', 'K562', '−1.2 to −0.4', '−0.4 to 0.9', '1,234', '0', 'Predicted − measured (log2 units)'])
      expect(svg).toContain(`>${text}</text>`)
  })

  it('share their axis, which holds all whiskers and zero', () => {
    const { xAxis } = residualBoxesOption([panel('HepG2'), panel('K562')], 'log2 units', lightInk, 900) as unknown as {
      xAxis: { min: number; max: number }[]
    }
    expect(xAxis[0]).toMatchObject({ min: xAxis[1]!.min, max: xAxis[1]!.max })
    expect(xAxis[0]!.min).toBeLessThan(-0.2)
    expect(xAxis[0]!.max).toBeGreaterThan(1.1)
  })

  it('are as high as their bins need, and stand below one another where it is narrow', () => {
    const many = panel(
      'HepG2',
      Array.from({ length: 30 }, (_, index) => `family ${index}`),
    )
    expect(residualBoxesHeight([many], 900)).toBeGreaterThan(30 * 20)
    expect(residualBoxesHeight([panel('a'), panel('b')], 360)).toBe(2 * residualBoxesHeight([panel('a'), panel('b')], 900))
  })

  it('come as a table, with nothing for an empty bin', () => {
    expect(residualBoxesTable([panel('HepG2')]).rows).toEqual([
      ['HepG2', '−1.2 to −0.4', 1234, 0.4, -0.2, 0.1, 0.35, 0.6, 1.1],
      ['HepG2', '−0.4 to 0.9', 0, null, null, null, null, null, null],
    ])
  })
})
