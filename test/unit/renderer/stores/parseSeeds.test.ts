import { describe, expect, it } from 'vitest'
import { parseSeeds } from '../../../../src/renderer/stores/parseSeeds.ts'

describe('parseSeeds', () => {
  it.each([
    ['1', [1]],
    ['1, 2;3 4', [1, 2, 3, 4]],
    ['1-3, 2, 7', [1, 2, 3, 7]],
    ['2147483647', [2_147_483_647]],
  ])('reads %j', (text, seeds) => {
    expect(parseSeeds(text)).toEqual({ seeds })
  })
  it.each([
    ['', /At least one/],
    ['a', /“a” is not/],
    ['1.5', /not a whole number/],
    ['-1', /not a whole/],
    ['5-1', /backwards/],
    ['1-101', /At most 100/],
    ['2147483648', /too large/],
  ])('explains %j', (text, problem) => {
    expect(parseSeeds(text)).toEqual({ problem: expect.stringMatching(problem) as string })
  })
})
