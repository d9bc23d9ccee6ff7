import { describe, expect, it } from 'vitest'
import { replicateOf } from '../../../../src/shared/domain/replicateOf.ts'

describe('replicateOf', () => {
  it('joins what differs in the number of the replicate alone', () => {
    const names = ['HepG2_rep1', 'HepG2_rep2', 'K562_rep1', 'WTC11 replicate 1', 'WTC11 replicate 2', 'GM12878']
    expect(names.map((name) => replicateOf(name, names))).toEqual([
      { cellType: 'HepG2', replicate: '1' },
      { cellType: 'HepG2', replicate: '2' },
      { cellType: 'K562_rep1', replicate: '1' },
      { cellType: 'WTC11', replicate: '1' },
      { cellType: 'WTC11', replicate: '2' },
      { cellType: 'GM12878', replicate: '1' },
    ])
  })
})
