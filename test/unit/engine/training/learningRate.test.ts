import { describe, expect, it } from 'vitest'
import { learningRateAt } from '../../../../src/engine/training/learningRate.ts'
import { readJson } from '../../../parity/fixtures.ts'

describe('the learning rate', () => {
  it('is constant in a constant schedule', () => {
    expect([0, 5, 9].map((step) => learningRateAt(step, 10, { schedule: 'constant', learningRate: 1e-4 }))).toEqual([1e-4, 1e-4, 1e-4])
  })

  const cycles = readJson<{ steps: number; peak: number; rates: Record<string, number> }[]>('oneCycle')
  it.each(cycles)("follows PyTorch's OneCycleLR over $steps steps", ({ steps, peak, rates }) => {
    for (const [step, rate] of Object.entries(rates)) {
      expect(learningRateAt(Number(step), steps, { schedule: 'oneCycle', learningRate: peak }) / rate, `step ${step}`).toBeCloseTo(1, 9)
    }
  })

  it('is a number also where a training has but one or two steps', () => {
    for (const steps of [1, 2, 3]) {
      for (let step = 0; step < steps; step++) {
        const rate = learningRateAt(step, steps, { schedule: 'oneCycle', learningRate: 1 })
        expect(rate).toBeGreaterThan(0)
        expect(rate).toBeLessThanOrEqual(1)
      }
    }
  })
})
