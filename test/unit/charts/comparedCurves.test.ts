import { describe, expect, it } from 'vitest'
import {
  comparedCurvesHeight,
  comparedCurvesOption,
  comparedCurvesSentence,
  comparedCurvesTable,
  type ComparedCurves,
} from '../../../src/charts/comparedCurves.ts'
import { lightInk } from '../../../src/charts/ink.ts'
import type { Epoch } from '../../../src/shared/domain/run.ts'
import { renderSvg } from './renderSvg.ts'

const epoch = (number: number, validationLoss: number | null): Epoch => ({
  epoch: number,
  trainLoss: 1,
  validationLoss,
  validationPearson: 0.5,
  learningRate: 0.01,
  seconds: 1,
  cellTypePearsons: [],
})
const curves = (...losses: [line: string, ...losses: (number | null)[]][]): ComparedCurves => ({
  rows: [
    { key: 'b', label: 'baseline', variant: 'baseline', settings: 0 },
    { key: 'f', label: 'full', variant: 'full', settings: 0 },
  ],
  curves: losses.map(([line, ...of], run) => ({ run: run + 1, line, curve: of.map((loss, index) => epoch(index + 1, loss)) })),
  axis: 'Validation loss (MSE, log2 units squared)',
})
interface Drawn {
  series: { name: string; data: unknown[]; lineStyle: { color: string; type: unknown } }[]
  legend: { data: string[] }
}
const drawn = (data: ComparedCurves) => comparedCurvesOption(data, lightInk, 800) as unknown as Drawn

describe('the curves of all runs', () => {
  it('share colour and name within a line, and differ between lines in colour and dash', () => {
    const { series, legend } = drawn(curves(['b', 0.9, 0.7], ['f', 0.8, 0.5], ['b', 0.95, 0.6]))
    expect(series.map(({ name }) => name)).toEqual(['baseline', 'baseline', 'full'])
    expect(series[0]!.lineStyle).toEqual(series[1]!.lineStyle)
    expect(series[0]!.lineStyle.color).not.toBe(series[2]!.lineStyle.color)
    expect(series[0]!.lineStyle.type).not.toEqual(series[2]!.lineStyle.type)
    expect(legend.data).toEqual(['baseline', 'full'])
  })

  it('leave a gap where there is no validation loss, and a line without any out of the legend', () => {
    const { series, legend } = drawn(curves(['b', 0.9, null, 0.7], ['f', null, null]))
    expect(series[0]!.data).toEqual([
      [1, 0.9],
      [2, '-'],
      [3, 0.7],
    ])
    expect(legend.data).toEqual(['baseline'])
  })

  it('name their axes in the drawing', () => {
    const data = curves(['b', 0.9, 0.7], ['f', 0.8, 0.5])
    const svg = renderSvg(comparedCurvesOption(data, lightInk, 800), 800, comparedCurvesHeight(data, 800))
    for (const text of ['Epoch', 'Validation loss (MSE, log2 units squared)', 'baseline', 'full']) expect(svg).toContain(`>${text}</text>`)
  })

  it('are summed up in a sentence', () => {
    expect(comparedCurvesSentence(curves(['b', 0.9, 0.7], ['f', 0.8, 0.5]))).toBe(
      'The validation loss of the 2 runs by epoch, the seeds of a model in one colour; full gets lowest, to 0.5000.',
    )
    expect(comparedCurvesSentence(curves(['f', 0.8, 0.5]))).toBe('The validation loss of the run by epoch; the lowest is 0.5000.')
    expect(comparedCurvesSentence(curves(['f', null]))).toMatch(/^No run of this comparison has a validation part/)
  })

  it('come as a table of every epoch', () => {
    expect(comparedCurvesTable(curves(['f', 0.8, null])).rows).toEqual([
      ['full', 1, 1, 1, 0.8, 0.5],
      ['full', 1, 2, 1, null, 0.5],
    ])
  })
})
