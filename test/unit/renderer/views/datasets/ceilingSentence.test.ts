import { describe, expect, it } from 'vitest'
import { ceilingSentence } from '../../../../../src/renderer/views/datasets/ceilingSentence.ts'

describe('ceilingSentence', () => {
  it('says how far any model can come', () => {
    expect(
      ceilingSentence([
        { name: 'HepG2', ceiling: 0.981 },
        { name: 'K562', ceiling: 0.9 },
      ]),
    ).toBe('Because the measurements are noisy, no model can be expected to exceed a Pearson r of 0.98 in HepG2 and 0.90 in K562.')
  })

  it('says where it is not known, and why', () => {
    expect(
      ceilingSentence([
        { name: 'HepG2', ceiling: 0.98 },
        { name: 'K562', ceiling: null },
      ]),
    ).toMatch(/0\.98 in HepG2\. K562 has fewer than two replicates/)
    expect(
      ceilingSentence([
        { name: 'HepG2', ceiling: null },
        { name: 'K562', ceiling: null },
      ]),
    ).toBe('HepG2 and K562 have fewer than two replicates, so the noise ceiling is not known.')
  })
})
