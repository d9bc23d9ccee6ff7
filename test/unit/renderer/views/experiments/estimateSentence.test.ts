import { describe, expect, it } from 'vitest'
import { diskWarning, estimateSentence } from '../../../../../src/renderer/views/experiments/estimateSentence.ts'
import type { Estimate } from '../../../../../src/shared/domain/queue.ts'

const estimate: Estimate = {
  runs: 8,
  seconds: 754,
  variants: [],
  secondsBefore: 60,
  bytes: 3.2e6,
  freeBytes: 5e9,
  engine: 'tensorflow on CPU',
  canTrain: true,
  rough: false,
}

describe('estimateSentence', () => {
  it('tells time, disk and what comes before', () => {
    expect(estimateSentence(estimate, 0)).toBe(
      'About 12 min 34 s of training with TensorFlow on the CPU, and 3.2 MB on disk, of 5.0 GB free.',
    )
    expect(estimateSentence({ ...estimate, seconds: 0.4 }, 0)).toMatch(/^Under a second of training with /)
    expect(estimateSentence(estimate, 2)).toMatch(/ 2 runs train or wait before, about 1 min of training\.$/)
    expect(estimateSentence({ ...estimate, secondsBefore: null }, 1)).toMatch(/ 1 run trains or waits before\.$/)
  })

  it('says where it is only rough', () => {
    expect(estimateSentence({ ...estimate, rough: true }, 0)).toMatch(
      /^Roughly 12 min 34 s of training .+ While a run trains nothing is measured/,
    )
  })

  it('makes up no time where a run trains and nothing of the kind is known', () => {
    expect(estimateSentence({ ...estimate, seconds: null }, 1)).toMatch(
      /^How long it takes is not known: a run trains, so nothing can be measured now, and no run of this kind has trained here before\. It needs 3\.2 MB on disk/,
    )
  })

  it('makes up no time where the engine cannot train', () => {
    expect(estimateSentence({ ...estimate, seconds: null, engine: null, canTrain: false }, 0)).toBe(
      'How long it takes is not known: the engine cannot train at present. It needs 3.2 MB on disk, of 5.0 GB free.',
    )
  })
})

describe('diskWarning', () => {
  it('warns where the disk is too small, or nearly', () => {
    expect(diskWarning({ bytes: 100, freeBytes: 1000 })).toBeNull()
    expect(diskWarning({ bytes: 950, freeBytes: 1000 })).toMatch(/^The disk will be nearly full/)
    expect(diskWarning({ bytes: 1001, freeBytes: 1000 })).toMatch(/^The disk has too little room/)
  })
})
