import { describe, expect, it } from 'vitest'
import { activityStatistics, specificityScores } from '../../../../src/shared/stats/specificity.ts'

describe('element specificity scores', () => {
  it('are z-scores within each cell type, less the mean of the element', () => {
    // z of the first: −1, 1, 0 × √1.5; of the second, which is on another scale: 0, 1, −1 × √1.5.
    const [first, second] = specificityScores([Float32Array.of(1, 3, 2), Float32Array.of(500, 600, 400)])
    const half = Math.sqrt(1.5) / 2
    ;[-half, 0, half].forEach((expected, i) => expect(first![i]).toBeCloseTo(expected, 12))
    ;[half, 0, -half].forEach((expected, i) => expect(second![i]).toBeCloseTo(expected, 12))
  })

  it('are made with the statistics of some elements, such as the training part, where they are given', () => {
    const activities = [Float32Array.of(0, 2, 100), Float32Array.of(4, 8, NaN)]
    const statistics = activities.map((values) => activityStatistics(values, Int32Array.of(0, 1)))
    expect(statistics).toEqual([
      { mean: 1, sd: 1 },
      { mean: 6, sd: 2 },
    ])
    const changed = [Float32Array.of(0, 2, -7), Float32Array.of(4, 8, 1000)]
    const scores = specificityScores(activities, statistics)
    // What the others are does not change them.
    specificityScores(changed, statistics).forEach((ofCellType, c) => expect(ofCellType.slice(0, 2)).toEqual(scores[c]!.slice(0, 2)))
  })

  it('sum to nothing over the cell types of an element, with any that measured it', () => {
    const scores = specificityScores([Float32Array.of(1, 2, 4, 3), Float32Array.of(3, 1, NaN, 7), Float32Array.of(9, NaN, NaN, 1)])
    const sums = [0, 1, 2, 3].map((i) => scores.map((column) => column[i]!).filter((score) => !Number.isNaN(score)))
    for (const ofElement of [sums[0]!, sums[1]!, sums[3]!]) expect(ofElement.reduce((sum, score) => sum + score, 0)).toBeCloseTo(0, 12)
    // One cell type alone has nothing to stand out from.
    expect(sums[2]).toEqual([])
  })

  it('are not defined where all activities of a cell type are the same', () => {
    expect(activityStatistics(Float32Array.of(0.1, 0.1, NaN)).sd).toBeNaN()
    expect([...specificityScores([Float32Array.of(1, 2), Float32Array.of(3, 3)])[0]!]).toEqual([NaN, NaN])
  })
})
