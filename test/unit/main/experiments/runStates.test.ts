import { describe, expect, it } from 'vitest'
import { mayFollow } from '../../../../src/main/experiments/runStates.ts'
import { activeRunStates, restartableRunStates, runStates } from '../../../../src/shared/domain/run.ts'

describe('run states', () => {
  it('lets exactly those back into the queue that can be started again, or that a pause ends', () => {
    expect(runStates.filter((state) => mayFollow(state, 'queued'))).toEqual(['starting', 'running', ...restartableRunStates])
  })

  it('ends nowhere but from an active state', () => {
    for (const end of ['completed', 'cancelled', 'failed', 'interrupted'] as const) {
      for (const from of runStates.filter((state) => mayFollow(state, end))) expect(activeRunStates).toContain(from)
    }
  })

  it('keeps a completed run as it is', () => {
    expect(runStates.filter((state) => mayFollow('completed', state))).toEqual([])
  })

  it('starts only what is queued, and completes only what has started', () => {
    expect(runStates.filter((state) => mayFollow(state, 'starting'))).toEqual(['queued'])
    expect(runStates.filter((state) => mayFollow(state, 'completed'))).toEqual(['running', 'cancelling'])
  })
})
