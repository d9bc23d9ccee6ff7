import { describe, expect, it } from 'vitest'
import { suggestedRun } from '../../../../../src/renderer/views/scan/suggestedRun.ts'
import type { Run } from '../../../../../src/shared/domain/run.ts'

const run = (id: number, dataset: number, testPearson: number | null) => ({ id, dataset, testPearson }) as Run

describe('suggestedRun', () => {
  it('is the best of the dataset that was trained on last, not the newest, nor the best of all', () => {
    expect(suggestedRun([run(5, 2, 0.3), run(4, 2, 0.5), run(3, 2, null), run(1, 1, 0.9)])?.id).toBe(4)
  })
  it('takes a run without a defined Pearson where there is no other, and nothing from nothing', () => {
    expect(suggestedRun([run(3, 2, null)])?.id).toBe(3)
    expect(suggestedRun([])).toBeUndefined()
  })
})
