import { describe, expect, it } from 'vitest'
import { experimentGroups, shareDone } from '../../../../../src/renderer/views/experiments/experimentGroups.ts'
import { withEpoch } from '../../../../../src/renderer/views/experiments/withEpoch.ts'
import { recipes } from '../../../../../src/shared/domain/recipe.ts'
import type { Epoch, Run, RunState } from '../../../../../src/shared/domain/run.ts'

const run = (id: number, experiment: number, state: RunState, epochs = 0): Run => ({
  id,
  experiment,
  dataset: 1,
  datasetName: 'set',
  split: 1,
  splitKind: 'group',
  splitName: 'By group, seed 1',
  splitSeed: 1,
  variant: 'full',
  recipe: recipes.default,
  seed: 1,
  state,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  finishedAt: null,
  engine: null,
  epochs,
  seconds: 0,
  rowsPerSecond: null,
  message: null,
  testPearson: null,
})

describe('experimentGroups', () => {
  it('puts the newest experiment first and its runs in the order of the queue', () => {
    const groups = experimentGroups([run(4, 2, 'queued'), run(1, 1, 'completed'), run(3, 2, 'running'), run(2, 1, 'failed')])
    expect(groups.map(({ id, runs, active, completed }) => [id, runs.map((one) => one.id), active, completed])).toEqual([
      [2, [3, 4], 2, 0],
      [1, [1, 2], 0, 1],
    ])
  })
})

describe('shareDone', () => {
  it('counts whole epochs and the part of the present one', () => {
    expect(shareDone(run(1, 1, 'running', 5), { epoch: 6, step: 5, steps: 10 })).toBeCloseTo(5.5 / 20, 12)
    expect(shareDone(run(1, 1, 'running', 5))).toBe(0.25)
  })

  it('does not count an epoch twice between its last step and its end', () => {
    expect(shareDone(run(1, 1, 'running', 6), { epoch: 6, step: 10, steps: 10 })).toBe(0.3)
  })

  it('is whole for a run that ended early and is complete', () => {
    expect(shareDone(run(1, 1, 'completed', 7))).toBe(1)
  })
})

describe('withEpoch', () => {
  it('adds a point, and takes the place of those that a resumed run writes anew', () => {
    const point = (epoch: number, trainLoss: number) => ({ epoch, trainLoss }) as Epoch
    const curve = [point(1, 1), point(2, 0.8), point(3, 0.7)]
    expect(withEpoch(curve, point(4, 0.6)).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
    expect(withEpoch(curve, point(2, 0.5))).toEqual([point(1, 1), point(2, 0.5)])
  })
})
