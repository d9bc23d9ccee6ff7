import { describe, expect, it } from 'vitest'
import { sortRows } from '../../../../../src/renderer/views/compare/sortRows.ts'

describe('sortRows', () => {
  it('sorts numbers by size and leaves missing ones last either way', () => {
    expect(sortRows([2, null, 10, 1], (value) => value, false)).toEqual([1, 2, 10, null])
    expect(sortRows([2, null, 10, 1], (value) => value, true)).toEqual([10, 2, 1, null])
  })

  it('sorts names with their numbers', () => {
    expect(sortRows(['enh_10', 'enh_9', 'Enh_1'], (value) => value, false)).toEqual(['Enh_1', 'enh_9', 'enh_10'])
  })
})
