import { describe, expect, it } from 'vitest'
import { withEpochs } from '../../../../../src/renderer/views/experiments/withEpochs.ts'
import type { Epoch } from '../../../../../src/shared/domain/run.ts'

const point = (epoch: number, trainLoss: number) => ({ epoch, trainLoss }) as Epoch

describe('withEpochs', () => {
  const curve = [point(1, 1), point(2, 0.8), point(3, 0.7)]

  it('adds points, and leaves the curve that it was given', () => {
    expect(withEpochs(curve, [point(4, 0.6), point(5, 0.5)]).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5])
    expect(curve).toHaveLength(3)
  })

  it('takes the place of those that a resumed run writes anew', () => {
    expect(withEpochs(curve, [point(2, 0.5)])).toEqual([point(1, 1), point(2, 0.5)])
    expect(withEpochs(curve, [point(3, 0.6), point(4, 0.5), point(4, 0.4)]).map(({ trainLoss }) => trainLoss)).toEqual([1, 0.8, 0.6, 0.4])
  })
})
