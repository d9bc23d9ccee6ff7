import { describe, expect, it } from 'vitest'
import { comparisonMatrix } from '../../../../../src/charts/comparisonMatrix.ts'
import { cellMeaning, heatOf } from '../../../../../src/renderer/views/compare/cellMeaning.ts'
import { closerLine, fastaOf } from '../../../../../src/renderer/views/compare/disagreements.ts'
import { certaintyOf, comparisonOf, measured } from '../../../charts/comparedLines.ts'

const comparison = comparisonOf([
  measured('full', 1, 'HepG2', 0.4, 0.3),
  measured('full', 2, 'HepG2', 0.6, 0.3),
  measured('baseline', 3, 'HepG2', null, 0.9),
])
const [full, baseline] = comparisonMatrix(comparison)
const known = { resamples: 1000, groups: 90, ceiling: 0.8 }

describe('what a number of the matrix means', () => {
  it('is told with its interval, its seeds and its share of the ceiling', () => {
    const certain = certaintyOf(comparison, ['full HepG2']).cells[0]!
    expect(cellMeaning(full!, 'HepG2', 'pearson', { ...known, certain })).toMatch(
      /^full in HepG2: Pearson r 0\.500, the mean over 2 seeds \(SD 0\.141\), from 100 rows\. 95 % interval 0\.450 to 0\.550, from 1,000 resamples of the 90 groups .* Best here: .* 63 % of what the assay’s noise allows \(0\.800\)\./,
    )
  })

  it('says so where it is not defined, and leaves out what is not known yet', () => {
    expect(cellMeaning(baseline!, 'HepG2', 'pearson', { ...known, certain: null })).toMatch(/^baseline in HepG2: Pearson r is not defined/)
    expect(cellMeaning(full!, 'HepG2', 'mse', { ...known, certain: null })).not.toMatch(/interval|allows|Best here/)
  })
})

describe('the tint', () => {
  it('is strongest for the best number, whichever way is better', () => {
    const heat = heatOf([full!, baseline!], ['HepG2'], 'mse')
    expect([heat(0.3), heat(0.6), heat(0.9)].map((value) => Number(value.toFixed(9)))).toEqual([1, 0.5, 0])
    expect(heatOf([full!], ['HepG2'], 'pearson')(0.5)).toBe(0)
    expect(heatOf([], [], 'pearson')(0.5)).toBe(0)
  })
})

describe('disagreements', () => {
  it('hand over names byte for byte', () => {
    expect(
      fastaOf([
        { name: 'C:SLEA_hg18:chr7|x y', sequence: 'ACGT' },
        { name: '2', sequence: 'GG' },
      ]),
    ).toBe('>C:SLEA_hg18:chr7|x y\nACGT\n>2\nGG\n')
  })

  it('tell which line came closer', () => {
    const labels = { a: 'full', b: 'baseline' }
    expect(closerLine({ measured: 1, a: 0.5, b: 2 }, labels)).toBe('full')
    expect(closerLine({ measured: 1, a: -0.5, b: 2 }, labels)).toBe('baseline')
    expect(closerLine({ measured: 1, a: 0, b: 2 }, labels)).toBe('both alike')
    expect(closerLine({ measured: null, a: 0, b: 2 }, labels)).toBe('–')
  })
})
