import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countGc, countGcPacked } from '../../../../src/shared/dna/gc.ts'
import { afterPacked, hasFourInByte, mostPackedBytes, packBases, unpackBases } from '../../../../src/shared/dna/packBases.ts'

const plain = fc.array(fc.constantFrom(1, 2, 4, 8), { maxLength: 80 })
const any = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 80 })

describe('packBases', () => {
  it('gives every stretch of every sequence back, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, any), { maxLength: 5 }), fc.nat(100), fc.nat(100), (lists, a, b) => {
        const sequences = lists.map((list) => Uint8Array.from(list))
        const packed = new Uint8Array(sequences.reduce((sum, { length }) => sum + mostPackedBytes(length), 0))
        const starts: number[] = []
        let at = 0
        for (const codes of sequences) {
          starts.push(at)
          const next = packBases(codes, packed, at)
          expect(next).toBe(afterPacked(packed, at, codes.length))
          at = next
        }
        sequences.forEach((codes, i) => {
          const [from, to] = [Math.min(a, b, codes.length), Math.min(Math.max(a, b), codes.length)]
          expect(unpackBases(packed, starts[i]!, from, to)).toEqual(codes.slice(from, to))
          expect(hasFourInByte(packed, starts[i]!)).toBe(codes.every((code) => [1, 2, 4, 8].includes(code)))
          expect(countGcPacked(packed, starts[i]!, codes.length)).toEqual(countGc(codes))
        })
      }),
      { numRuns: 1000 },
    )
  })
})
