import { describe, expect, it } from 'vitest'
import { leakageSentence } from '../../../../src/shared/text/splits.ts'

describe('leakageSentence', () => {
  it('says when nothing leaks, and what does', () => {
    expect(leakageSentence({ leakage: { exact: 0, reverseComplement: 0, overlap: 0 } })).toMatch(/^No test or validation sequence/)
    expect(leakageSentence({ leakage: { exact: 0, reverseComplement: 1, overlap: 0 } })).toMatch(
      /^Leaks: 1 test or validation sequence was seen in training, 1 as reverse complements\./,
    )
    expect(leakageSentence({ leakage: { exact: 3, reverseComplement: 1511, overlap: 22 } })).toMatch(
      /^Leaks: 1,536 test or validation sequences were seen in training, 3 as they are, 1,511 as reverse complements and 22 by an overlap/,
    )
  })
})
