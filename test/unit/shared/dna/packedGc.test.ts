import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countGc } from '../../../../src/shared/dna/gc.ts'
import { mostPackedBytes, packBases } from '../../../../src/shared/dna/packBases.ts'
import { countPackedGc } from '../../../../src/shared/dna/packedGc.ts'

it('counts what the bases themselves count to, wherever it begins and ends', () => {
  const plain = fc.array(fc.constantFrom(1, 2, 4, 8), { maxLength: 40 })
  const any = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 40 })
  fc.assert(
    fc.property(fc.oneof(plain, any), fc.nat(40), fc.nat(40), fc.nat(3), (letters, a, b, at) => {
      const codes = Uint8Array.from(letters)
      const packed = new Uint8Array(at + mostPackedBytes(codes.length))
      packBases(codes, packed, at)
      const from = Math.min(a, b, codes.length)
      const to = Math.min(Math.max(a, b), codes.length)
      expect(countPackedGc(packed, at, from, to)).toEqual(countGc(codes.subarray(from, to)))
    }),
  )
})
