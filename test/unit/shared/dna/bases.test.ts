import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BASES,
  CODES,
  codesOf,
  decodeBases,
  encodeBases,
  oneHotTable,
  PADDING,
  reverseComplement,
} from '../../../../src/shared/dna/bases.ts'

const iupac = fc.string({ unit: fc.constantFrom(...'ACGTRYSWKMBDHVN'), maxLength: 300 })

describe('bases', () => {
  it('are refused where a sequence that must be DNA is none', () => {
    expect(() => codesOf('ACE')).toThrow('E at 3 is not a DNA letter')
  })

  it('gives every IUPAC sequence back', () => {
    fc.assert(
      fc.property(iupac, (sequence) => {
        expect(decodeBases(codesOf(sequence))).toBe(sequence)
      }),
    )
  })

  it('reads lower case as upper and U as T', () => {
    fc.assert(
      fc.property(iupac, (sequence) => {
        expect(codesOf(sequence.toLowerCase())).toEqual(codesOf(sequence))
      }),
    )
    expect(decodeBases(codesOf('acguU'))).toBe('ACGTT')
  })

  it.each([
    ['ACEG', 2],
    ['AC GT', 2],
    ['ACG-', 3],
    ['é', 0],
    ['ACG*', 3],
    ['ACG1', 3],
  ])('finds the first letter of %j that is not DNA', (sequence, at) => {
    expect(encodeBases(sequence)).toEqual({ notDnaAt: at })
  })

  it('complements each letter by the IUPAC table', () => {
    // Cornish-Bowden 1985, Nucleic Acids Res 13:3021, table 1.
    const pairs = { A: 'T', C: 'G', R: 'Y', K: 'M', S: 'S', W: 'W', B: 'V', D: 'H', N: 'N' }
    for (const [letter, other] of Object.entries(pairs)) {
      expect(decodeBases(reverseComplement(codesOf(letter)))).toBe(other)
      expect(decodeBases(reverseComplement(codesOf(other)))).toBe(letter)
    }
    expect(reverseComplement(Uint8Array.of(PADDING))).toEqual(Uint8Array.of(PADDING))
  })

  it('turns a sequence round, and twice round is the sequence', () => {
    expect(decodeBases(reverseComplement(codesOf('AACGTN')))).toBe('NACGTT')
    fc.assert(
      fc.property(iupac, (sequence) => {
        expect(decodeBases(reverseComplement(reverseComplement(codesOf(sequence))))).toBe(sequence)
      }),
    )
  })

  it('has one-hot rows in the order A, C, G, T', () => {
    const table = oneHotTable('zeros')
    expect(table).toHaveLength(CODES * 4)
    const row = (letter: string) => [...table.subarray(codesOf(letter)[0]! * 4).subarray(0, 4)]
    expect([...BASES].map(row)).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ])
    expect(row('N')).toEqual([0, 0, 0, 0])
    expect([...table.subarray(0, 4)]).toEqual([0, 0, 0, 0])
  })

  it('shares an ambiguous letter among its bases', () => {
    const table = oneHotTable('probabilities')
    const row = (letter: string) => [...table.subarray(codesOf(letter)[0]! * 4).subarray(0, 4)]
    expect(row('N')).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(row('R')).toEqual([0.5, 0, 0.5, 0])
    expect(row('B')).toEqual([0, Math.fround(1 / 3), Math.fround(1 / 3), Math.fround(1 / 3)])
    expect([...table.subarray(0, 4)]).toEqual([0, 0, 0, 0])
  })
})
