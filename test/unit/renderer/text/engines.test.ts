import { describe, expect, it } from 'vitest'
import { describeDifference, describeGpu } from '../../../../src/renderer/text/engines.ts'

describe('describeGpu', () => {
  it('says what the system says, and that there is no driver', () => {
    const gpu = { name: 'NVIDIA GeForce RTX 3090', maker: 'nvidia', driver: 'NVIDIA 550.54.14', memoryBytes: 24 * 2 ** 30 } as const
    expect(describeGpu(gpu)).toBe('NVIDIA GeForce RTX 3090, 24 GB, driver NVIDIA 550.54.14')
    expect(describeGpu({ ...gpu, memoryBytes: null, driver: null })).toBe('NVIDIA GeForce RTX 3090, no driver is loaded')
    expect(describeGpu({ ...gpu, memoryBytes: 512e6 })).toContain('512 MB')
  })
})

describe('describeDifference', () => {
  it.each([
    [null, '–'],
    [0, 'none'],
    [1.9e-7, '1 in 5 million'],
    [2e-5, '1 in 50 thousand'],
    [0.02, '1 in 50'],
    [3, '1 in 1'],
  ])('%s', (difference, words) => {
    expect(describeDifference(difference)).toBe(words)
  })
})
