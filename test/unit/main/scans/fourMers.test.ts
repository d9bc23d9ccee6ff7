import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FourMers } from '../../../../src/main/scans/fourMers.ts'
import { codesOf, reverseComplement } from '../../../../src/shared/dna/bases.ts'

/** The same, by its definition: shares of all 4-mers on both strands. */
function sharesOf(sequence: string): Map<string, number> {
  const other = [...sequence].reverse().map((letter) => 'TGCA'['ACGT'.indexOf(letter)]!)
  const found = [sequence, other.join('')].flatMap((strand) => Array.from({ length: strand.length - 3 }, (_, i) => strand.slice(i, i + 4)))
  const shares = new Map<string, number>()
  for (const kmer of found) shares.set(kmer, (shares.get(kmer) ?? 0) + 1 / found.length)
  return shares
}
const dna = fc.array(fc.constantFrom('A', 'C', 'G', 'T'), { minLength: 4, maxLength: 60 }).map((letters) => letters.join(''))

it('is a distance of both strands alike, nought from itself', () => {
  fc.assert(
    fc.property(dna, dna, (a, b) => {
      const of = new FourMers([codesOf(a)])
      expect(of.distance(codesOf(a))).toBeCloseTo(0, 6)
      expect(of.distance(codesOf(b))).toBeCloseTo(of.distance(reverseComplement(codesOf(b))), 9)
      const same = sharesOf(a)
      if ([...sharesOf(b)].every(([kmer, share]) => Math.abs(share - (same.get(kmer) ?? 0)) < 1e-9)) return
      expect(of.distance(codesOf(b))).toBeGreaterThan(0)
    }),
  )
})

it('counts each pair of strands once, and leaves out what holds another letter', () => {
  // AAAA and TTTT are one, ACGT is its own other strand.
  expect(new FourMers([codesOf('AAAA')]).distance(codesOf('TTTT'))).toBe(0)
  expect(new FourMers([codesOf('AAAA')]).distance(codesOf('ACGT'))).toBeCloseTo(Math.SQRT2, 12)
  expect(new FourMers([codesOf('AAAA')]).distance(codesOf('AAAANACG'))).toBe(0)
  expect(new FourMers([codesOf('AAAA')]).distance(codesOf('AANAA'))).toBeNaN()
})
