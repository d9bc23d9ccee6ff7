import { describe, expect, it } from 'vitest'
import { decodeBases, encodeBases, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { fitBases, type Frame } from '../../../../src/shared/dna/fitBases.ts'

const codes = (sequence: string) => (encodeBases(sequence) as { codes: Uint8Array }).codes
const fit = (sequence: string, frame: Frame) => {
  const { codes: fitted, note } = fitBases(codes(sequence), frame)
  return [decodeBases(fitted), note]
}
const bare: Frame = { length: 8, adapters: 'keep', prefix: codes(''), suffix: codes('') }
const kept: Frame = { length: 12, adapters: 'keep', prefix: codes('AAC'), suffix: codes('GTT') }
const cut: Frame = { length: 6, adapters: 'cut', prefix: codes('AAC'), suffix: codes('GTT') }

describe('fitBases without a construct', () => {
  it('leaves a sequence of the right length alone', () => expect(fit('ACGTACGT', bare)).toEqual(['ACGTACGT', null]))
  it('pads both sides, the odd base at the end', () => expect(fit('ACGTA', bare)).toEqual(['-ACGTA--', '5 bases, padded to 8']))
  it('reads the middle of a long one', () => expect(fit('TTTACGTACGTGG', bare)).toEqual(['TACGTACG', 'the middle 8 of 13 bases']))
  it('treats both strands alike where the difference is even', () => {
    for (const sequence of ['ACGTGG', 'AACCGGTTAC']) {
      const forward = fitBases(codes(sequence), bare).codes
      expect(fitBases(reverseComplement(codes(sequence)), bare).codes).toEqual(reverseComplement(forward))
    }
  })
})

describe('fitBases with adapters kept', () => {
  it('takes a whole construct as it is', () => expect(fit('AACCCCCCCGTT', kept)).toEqual(['AACCCCCCCGTT', null]))
  it('takes a sequence of the full length as it is, adapters or not', () =>
    expect(fit('CCCCCCCCCCCC', kept)).toEqual(['CCCCCCCCCCCC', null]))
  it('puts the bare element between the adapters', () => expect(fit('CCCGGG', kept)).toEqual(['AACCCCGGGGTT', 'adapters added']))
  it('pads a short construct outside its adapters', () => {
    expect(fit('AACCCCCGTT', kept)).toEqual(['-AACCCCCGTT-', '10 bases, padded to 12'])
    expect(fit('CCCC', kept)).toEqual(['-AACCCCCGTT-', 'adapters added, 10 bases, padded to 12'])
  })
  it('puts the middle of a long sequence between the adapters', () => {
    expect(fit('TTTTTCCCGGGTTTTT', kept)).toEqual(['AACCCCGGGGTT', 'the middle 6 of 16 bases, adapters added'])
    expect(fit('TCCCGGGA', kept)).toEqual(['AACCCCGGGGTT', 'the middle 6 of 8 bases, adapters added'])
  })
})

describe('fitBases with adapters cut', () => {
  it('cuts both adapters', () => expect(fit('AACCCCGGGGTT', cut)).toEqual(['CCCGGG', 'adapters cut off']))
  it('leaves an element without them alone', () => expect(fit('CCCGGG', cut)).toEqual(['CCCGGG', null]))
  it('leaves one adapter alone', () => expect(fit('AACCCC', cut)).toEqual(['AACCCC', null]))
  it('cuts first and pads then', () => expect(fit('AACCCCGTT', cut)).toEqual(['-CCC--', 'adapters cut off, 3 bases, padded to 6']))
})
