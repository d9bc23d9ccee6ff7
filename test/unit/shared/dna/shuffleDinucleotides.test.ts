import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codesOf } from '../../../../src/shared/dna/bases.ts'
import { shuffleDinucleotides } from '../../../../src/shared/dna/shuffleDinucleotides.ts'
import { random } from '../../../../src/shared/stats/random.ts'

function pairsOf(codes: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (let i = 1; i < codes.length; i++) {
    const pair = codes[i - 1]! * 16 + codes[i]!
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}
const sequences = fc.array(fc.constantFrom(1, 2, 4, 8, 15), { maxLength: 300 }).map((codes) => Uint8Array.from(codes))

describe('shuffleDinucleotides', () => {
  it('keeps every dinucleotide as often, and both ends', () => {
    fc.assert(
      fc.property(sequences, fc.integer({ min: 0 }), (codes, seed) => {
        const shuffled = shuffleDinucleotides(codes, random(seed))
        expect(shuffled.length).toBe(codes.length)
        expect(pairsOf(shuffled)).toEqual(pairsOf(codes))
        expect([shuffled[0], shuffled.at(-1)]).toEqual([codes[0], codes.at(-1)])
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same for the same seed, and another order for another', () => {
    const codes = codesOf('ACGTTGCAAGCTAGGATCCATGCAAATCGGCTATTAGCCGATC')
    expect(shuffleDinucleotides(codes, random(1))).toEqual(shuffleDinucleotides(codes, random(1)))
    expect(shuffleDinucleotides(codes, random(1))).not.toEqual(shuffleDinucleotides(codes, random(2)))
  })

  it('draws every order alike', () => {
    // Of AACAGA there are six orders with the same dinucleotides, found by trying all.
    const codes = codesOf('AACAGA')
    const counts = new Map<string, number>()
    const source = random(5)
    for (let i = 0; i < 6000; i++) {
      const key = shuffleDinucleotides(codes, source).join()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // Chi-square with five degrees of freedom: beyond 20.5 once in a thousand seeds.
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chiSquare).toBeLessThan(20.5)
  })
})
