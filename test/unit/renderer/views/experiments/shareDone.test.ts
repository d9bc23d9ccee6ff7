import { describe, expect, it } from 'vitest'
import { shareDone } from '../../../../../src/renderer/views/experiments/shareDone.ts'
import { runFixture } from '../../runFixture.ts'

describe('shareDone', () => {
  it('counts whole epochs and the part of the present one', () => {
    expect(shareDone(runFixture(1, { state: 'running', epochs: 5 }), { epoch: 6, step: 5, steps: 10 })).toBeCloseTo(5.5 / 20, 12)
    expect(shareDone(runFixture(1, { state: 'running', epochs: 5 }))).toBe(0.25)
  })

  it('does not count an epoch twice between its last step and its end', () => {
    expect(shareDone(runFixture(1, { state: 'running', epochs: 6 }), { epoch: 6, step: 10, steps: 10 })).toBe(0.3)
  })

  it('is whole for a run that ended early and is complete', () => {
    expect(shareDone(runFixture(1, { epochs: 7 }))).toBe(1)
  })
})
