import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODES, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { codePairs, pairsIn, reverseComplementPairs, unpairInto } from '../../../../src/shared/dna/codePairs.ts'

const sequence = fc.uint8Array({ minLength: 1, maxLength: 40, max: CODES - 1 })

function unpaired(pairs: Uint8Array, length: number): Uint8Array {
  const codes = new Uint8Array(length)
  unpairInto(codes, 0, pairs, length)
  return codes
}

describe('pairs of codes', () => {
  it('have the first code in the low bits, and begin a sequence with a byte of its own', () => {
    expect([...codePairs(Uint8Array.of(1, 2, 4, 8, 15, 0), 3)]).toEqual([0x21, 0x04, 0xf8, 0x00])
    expect([...codePairs(Uint8Array.of(1, 2, 4, 8), 2)]).toEqual([0x21, 0x84])
    expect([0, 1, 2, 3].map(pairsIn)).toEqual([0, 1, 1, 2])
  })

  it('are read back', () => {
    fc.assert(
      fc.property(sequence, (codes) => {
        expect(unpaired(codePairs(codes, codes.length), codes.length)).toEqual(codes)
      }),
    )
  })

  it('have the other strand that their codes have', () => {
    fc.assert(
      fc.property(sequence, (codes) => {
        const { length } = codes
        expect(reverseComplementPairs(codePairs(codes, length), length)).toEqual(codePairs(reverseComplement(codes), length))
      }),
    )
  })
})
