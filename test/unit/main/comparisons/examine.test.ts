import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  calibrationOf,
  differencesOf,
  residualsByActivity,
  residualsByGc,
  residualsByLabel,
  rowsOfCellType,
} from '../../../../src/main/comparisons/examineLine.ts'
import type { Comparison } from '../../../../src/shared/domain/comparison.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { CELL_TYPES, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

const source = random(3)
const x = Float64Array.from({ length: 95 }, () => source.normal())
const pairs = { x, y: x.map((value) => 0.5 * value + 0.1 * source.normal()) }

describe('calibrationOf', () => {
  it('bins rows by prediction, ten bins of equal count, with the standard error of the measured mean', () => {
    const bins = calibrationOf(pairs)
    expect(bins).toHaveLength(10)
    expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(95)
    for (const { n } of bins) expect([9, 10]).toContain(n)
    expect(bins.map(({ predicted }) => predicted)).toEqual(bins.map(({ predicted }) => predicted).toSorted((a, b) => a - b))
    const rows = [...pairs.y.keys()].sort((a, b) => pairs.y[a]! - pairs.y[b]!).slice(0, bins[0]!.n)
    const mean = rows.reduce((sum, row) => sum + x[row]!, 0) / rows.length
    const variance = rows.reduce((sum, row) => sum + (x[row]! - mean) ** 2, 0) / (rows.length - 1)
    expect(bins[0]!.measured).toBeCloseTo(mean, 12)
    expect(bins[0]!.standardError).toBeCloseTo(Math.sqrt(variance / rows.length), 12)
  })

  it('has a bin a row where there are fewer than ten, and none without rows', () => {
    const three = { x: Float64Array.of(1, 2, 3), y: Float64Array.of(3, 1, 2) }
    expect(calibrationOf(three)).toEqual([
      { predicted: 1, measured: 2, standardError: null, n: 1 },
      { predicted: 2, measured: 3, standardError: null, n: 1 },
      { predicted: 3, measured: 1, standardError: null, n: 1 },
    ])
    expect(calibrationOf({ x: new Float64Array(0), y: new Float64Array(0) })).toEqual([])
  })
})

describe('residuals', () => {
  it('are predicted minus measured, by deciles of what was measured', () => {
    const bins = residualsByActivity(pairs)
    expect(bins).toHaveLength(10)
    // Predictions are half as far from zero: too high for what is low, too low for what is high.
    expect(bins[0]!.mean).toBeGreaterThan(0.4)
    expect(bins[9]!.mean).toBeLessThan(-0.4)
    expect(bins[0]!.label).toMatch(/^−\d\.\d\d to −\d\.\d\d$/)
    for (const { percentiles } of bins) expect(percentiles).toEqual(percentiles!.toSorted((a, b) => a - b))
  })

  it('are binned by GC, empty bins between others kept, what is not known left out', () => {
    const three = { x: Float64Array.of(0, 0, 0, 0), y: Float64Array.of(1, 2, 4, 8) }
    expect(residualsByGc(three, Float64Array.of(0.5, 0.549, 0.6, Number.NaN))).toEqual([
      { label: '50 to 55 %', n: 2, mean: 1.5, percentiles: [1.05, 1.25, 1.5, 1.75, 1.95] },
      { label: '55 to 60 %', n: 0, mean: null, percentiles: null },
      { label: '60 to 65 %', n: 1, mean: 4, percentiles: [4, 4, 4, 4, 4] },
    ])
    expect(residualsByGc(three, Float64Array.of(1, 1, 1, 1)).map(({ label, n }) => [label, n])).toEqual([['95 to 100 %', 4]])
  })

  it('are binned by label, the most common first', () => {
    expect(
      residualsByLabel(
        pairs,
        [...x.keys()].map((row) => (row < 5 ? 'none' : 'GATA')),
      ).map(({ label, n }) => [label, n]),
    ).toEqual([
      ['GATA', 90],
      ['none', 5],
    ])
  })
})

describe('rows', () => {
  it('are those that are measured, and differences those that are measured twice', () => {
    const measured = Float32Array.of(1, 5, Number.NaN, 6, 3, Number.NaN, 4, 9)
    const predicted = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 9)
    expect(rowsOfCellType(predicted, measured, 0, 2)).toEqual({
      x: Float64Array.of(1, 3, 4),
      y: Float64Array.of(1, 5, 7),
      elements: Int32Array.of(0, 2, 3),
    })
    expect(differencesOf(predicted, measured, 1, 0, 2)).toEqual({ x: Float64Array.of(4, 5), y: Float64Array.of(1, 2) })
  })
})

describe('through the core', () => {
  let workspace: ReturnType<typeof makeWorkspace>
  let opened: OpenedWorkbench
  let comparison: Comparison
  beforeAll(async () => {
    workspace = makeWorkspace()
    opened = await openSmall(workspace.folder)
    const runs = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: { kind: 'group', seed: 1 },
      variants: ['baseline', 'full'],
      recipe: shortRecipe,
      seeds: [1, 2],
    })
    await Promise.all(runs.map(({ id }: Run) => opened.until(id, 'completed')))
    comparison = await opened.calls.comparisons.compare({ dataset: workspace.dataset })
  })
  afterAll(async () => {
    await opened.workbench.close()
    workspace.remove()
  })

  it('looks at a member of a line closely: its r is that of the matrix', async () => {
    const [line] = comparison.lines
    const of = { dataset: workspace.dataset, line: line!.key }
    const member = await opened.calls.comparisons.examine({ ...of, member: 1, motifs: true })
    expect(member).toMatchObject({ line: line!.key, label: 'baseline', differences: [{ first: 'HepG2', second: 'K562' }] })
    for (const looked of member.cellTypes) {
      const row = comparison.rows.find(({ run, cellType }) => run === line!.members[1]!.runs[0] && cellType === looked.cellType)!
      expect(looked.density).toMatchObject({ x: 'measured', y: 'predicted', n: row.n })
      expect(looked.density.r).toBeCloseTo(row.pearson!, 12)
      expect(looked.density.counts.reduce((sum, count) => sum + count, 0) + looked.density.outside).toBe(row.n)
      for (const bins of [looked.calibration, looked.byActivity, looked.byGc, looked.byMotif])
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(row.n)
    }
    // Baseline says the same in both cell types, so its difference is none.
    expect(member.differences[0]!.density.r).toBeNull()
    const mean = await opened.calls.comparisons.examine(of)
    expect(mean.cellTypes.map(({ byMotif }) => byMotif)).toEqual([[], []])
    expect(mean.cellTypes[0]!.density.r).not.toBe(member.cellTypes[0]!.density.r)
    await expect(opened.calls.comparisons.examine({ ...of, member: 2 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(opened.calls.comparisons.examine({ ...of, line: 'other' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('lists where two lines disagree most, a page at a time', async () => {
    const [a, b] = comparison.lines.map(({ key }) => key) as [string, string]
    const of = { dataset: workspace.dataset, a, b, cellType: 'K562' }
    const all = await opened.calls.comparisons.disagreements({ ...of, offset: 0, limit: 1000 })
    expect(all.total).toBe(comparison.testElements)
    const far = all.elements.map((element) => Math.abs(element.a - element.b))
    expect(far).toEqual(far.toSorted((x1, x2) => x2 - x1))
    expect((await opened.calls.comparisons.disagreements({ ...of, offset: 3, limit: 2 })).elements).toEqual(all.elements.slice(3, 5))
    const [first] = all.elements
    const element = await opened.calls.datasets.element({ id: workspace.dataset, position: first!.position })
    expect(first).toMatchObject({ name: element.name, sequence: element.sequence, cellType: 'K562', measured: element.activities[1] })
    await expect(opened.calls.comparisons.disagreements({ ...of, cellType: 'HeLa', offset: 0, limit: 1 })).rejects.toThrow(
      `This dataset has no cell type HeLa.`,
    )
    expect(CELL_TYPES).toContain('K562')
  })
})
