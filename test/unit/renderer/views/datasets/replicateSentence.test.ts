import { describe, expect, it } from 'vitest'
import { replicateOf } from '../../../../../src/shared/domain/replicateOf.ts'
import { replicateSentence } from '../../../../../src/renderer/views/datasets/replicateSentence.ts'

describe('replicateSentence', () => {
  it('says what becomes replicates of what', () => {
    expect(replicateSentence(['HepG2_rep1', 'HepG2_rep2', 'K562'])).toMatch(
      /^The import takes HepG2_rep1 and HepG2_rep2 as replicates of HepG2:/,
    )
  })

  it.each([
    [['HepG2', 'K562']],
    [['HepG2_rep1', 'K562']],
    [['HepG2_rep1', 'HepG2_rep2', 'HepG2']],
    [['HepG2_rep1', 'HepG2_rep2']],
    [['HepG2.rep1', 'HepG2-replicate 2', 'K562 rep1', 'K562 rep3']],
    [['hepg2_rep1', 'HepG2_rep2']],
  ])('speaks of %j exactly where the import takes replicates together', (names) => {
    const joined = names.filter((name) => replicateOf(name, names).cellType !== name)
    const sentence = replicateSentence(names)
    expect(sentence !== null).toBe(joined.length > 0)
    for (const name of joined) expect(sentence).toContain(name)
  })
})
