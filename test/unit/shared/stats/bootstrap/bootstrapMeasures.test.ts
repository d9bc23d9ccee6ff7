import { describe, expect, it } from 'vitest'
import { measureNames, type Measures } from '../../../../../src/shared/domain/measures.ts'
import type { BootstrapJob } from '../../../../../src/shared/stats/bootstrap/bootstrapJob.ts'
import { bootstrapMeasures } from '../../../../../src/shared/stats/bootstrap/bootstrapMeasures.ts'
import { drawGroups } from '../../../../../src/shared/stats/bootstrap/resamples.ts'
import { measureByCellType } from '../../../../../src/shared/stats/measures.ts'
import { random } from '../../../../../src/shared/stats/random.ts'

const CELL_TYPES = ['HepG2', 'K562', 'WTC11']
const WIDTH = CELL_TYPES.length

/** Elements in groups of one to three, some rows not measured, with predictions of every awkward kind. */
function awkward(
  elements: number,
  offset = 0,
  seed = 1,
): Pick<BootstrapJob, 'measured' | 'predictions' | 'cellTypes' | 'groups' | 'groupCount'> {
  const source = random(seed)
  const groups = new Int32Array(elements)
  for (let i = 1; i < elements; i++) groups[i] = groups[i - 1]! + (source.uniform() < 0.6 ? 1 : 0)
  const rows = elements * WIDTH
  const measured = Float32Array.from({ length: rows }, (_, i) =>
    source.uniform() < 0.1 ? Number.NaN : offset * (i % WIDTH) + source.normal(),
  )
  const noisy = measured.map((value, i) => (Number.isNaN(value) ? 0 : value) * 0.5 + offset * (i % WIDTH) + source.normal())
  // Told no cell type: one prediction for all of them, so that over all rows every value is there three times.
  const untold = noisy.map((_, i) => noisy[i - (i % WIDTH)]!)
  const coarse = noisy.map((value) => Math.round(value - offset * 1.5))
  const constant = new Float32Array(rows).fill(0.1 + offset)
  return { measured, predictions: [noisy, untold, coarse, constant], cellTypes: WIDTH, groups, groupCount: groups.at(-1)! + 1 }
}

/** The measures of the rows that a resample draws, each as often as its group is drawn. */
function materialised(
  { measured, predictions, groups, groupCount }: ReturnType<typeof awkward>,
  seed: number,
  resample: number,
): Map<string, Measures>[] {
  const counts = new Uint8Array(groupCount)
  drawGroups(counts, seed, resample)
  const elements = [...groups.keys()].flatMap((element) => new Array<number>(counts[groups[element]!]!).fill(element))
  const take = (matrix: Float32Array) =>
    Float32Array.from(elements.flatMap((element) => [...matrix.subarray(element * WIDTH, (element + 1) * WIDTH)]))
  return predictions.map((predicted) => measureByCellType(take(predicted), take(measured), CELL_TYPES))
}

describe('bootstrapMeasures', () => {
  it.each([
    ['two hundred elements', 200, 0],
    ['values far from zero, and each cell type elsewhere', 150, 1000],
    ['a handful, so that some resamples are constant', 4, 0],
  ])('equals the measures of the materialised resamples: %s', (_name, elements, offset) => {
    const data = awkward(elements, offset)
    const [from, to] = [3, 24]
    const references = Array.from({ length: to - from }, (_, r) => materialised(data, 7, from + r))
    for (const measure of measureNames) {
      const found = bootstrapMeasures({ ...data, measure, seed: 7, from, to })
      expect(found).toHaveLength(data.predictions.length * (WIDTH + 1) * (to - from))
      for (const [r, members] of references.entries()) {
        for (const [member, byCellType] of members.entries()) {
          for (const [c, cellType] of [...CELL_TYPES, 'all'].entries()) {
            const reference = byCellType.get(cellType)![measure]
            const value = found[(member * (WIDTH + 1) + c) * (to - from) + r]!
            if (reference === null) expect(value).toBeNaN()
            else expect(Math.abs(value - reference)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(reference)))
          }
        }
      }
    }
  })

  it('gives every resample by its number, whatever else is resampled beside it', () => {
    const data = awkward(60)
    for (const measure of ['pearson', 'spearman'] as const) {
      const whole = bootstrapMeasures({ ...data, measure, seed: 2, from: 0, to: 300 })
      const part = bootstrapMeasures({ ...data, measure, seed: 2, from: 258, to: 271 })
      for (let series = 0; series < data.predictions.length * (WIDTH + 1); series++)
        expect(part.subarray(series * 13, (series + 1) * 13)).toEqual(whole.subarray(series * 300 + 258, series * 300 + 271))
    }
  })

  it('resamples hundreds of members a few at a time, each as if alone', () => {
    const data = awkward(30)
    const predictions = Array.from({ length: 150 }, (_, member) => data.predictions[member % 3]!.map((value) => value * (1 + member)))
    for (const measure of ['mse', 'spearman'] as const) {
      let done = 0
      const job = { ...data, measure, seed: 1, from: 0, to: 8 }
      const found = bootstrapMeasures({ ...job, predictions }, (more) => (done += more))
      expect(done).toBeCloseTo(8, 9)
      for (const member of [0, 63, 64, 149]) {
        const alone = bootstrapMeasures({ ...job, predictions: [predictions[member]!] })
        expect(found.subarray(member * alone.length, (member + 1) * alone.length)).toEqual(alone)
      }
    }
  })

  it('tells how many resamples are done', () => {
    for (const measure of ['mse', 'spearman'] as const) {
      let done = 0
      bootstrapMeasures({ ...awkward(20), measure, seed: 1, from: 0, to: 301 }, (more) => (done += more))
      expect(done).toBe(301)
    }
  })
})

describe('drawGroups', () => {
  it('draws as many as there are, each as likely', () => {
    const counts = new Uint8Array(10)
    const sums = new Float64Array(10)
    for (let resample = 0; resample < 2000; resample++) {
      drawGroups(counts, 5, resample)
      expect(counts.reduce((sum, count) => sum + count)).toBe(10)
      counts.forEach((count, group) => (sums[group]! += count))
    }
    // 2,000 expected, standard deviation √(2000 · 0.9) = 42.
    for (const sum of sums) expect(Math.abs(sum - 2000)).toBeLessThan(5 * 43)
  })
})
