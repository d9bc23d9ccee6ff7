import { describe, expect, it } from 'vitest'
import type { SavedModel } from '../../../../src/main/experiments/savedModel.ts'
import { preflight } from '../../../../src/main/scans/preflight.ts'
import { openSequences } from '../../../../src/main/scans/readSequences.ts'
import { planScan } from '../../../../src/main/scans/scanPlan.ts'
import { scanOptionsSchema, type ScanOptions } from '../../../../src/shared/domain/scan.ts'
import { encodeBases } from '../../../../src/shared/dna/bases.ts'

const codes = (sequence: string) => (encodeBases(sequence) as { codes: Uint8Array }).codes
function modelOf(length: number, prefix = '', suffix = ''): SavedModel {
  return {
    model: { variant: 'baseline', length, cellTypes: 1, ambiguousBases: 'zeros', strands: 'forward', tensors: {} },
    frame: { length, adapters: 'keep', prefix: codes(prefix), suffix: codes(suffix) },
    cellTypes: ['HepG2'],
  }
}
const plain: Partial<ScanOptions> = { long: 'middle', shortest: 1, ambiguousShare: 1 }
const look = async (text: string, { model, frame }: SavedModel = modelOf(8), asked: Partial<ScanOptions> = plain) => {
  const options = scanOptionsSchema.parse(asked)
  const sequences = await openSequences({ kind: 'text', text, name: 'x.fa' }, '/nowhere', options)
  const waiting = { signal: new AbortController().signal, progress: () => {} }
  return preflight(sequences, planScan(frame, options, null), { ambiguousBases: model.ambiguousBases }, waiting)
}
const messages = async (text: string, model?: SavedModel) =>
  (await look(text, model)).notes.map(({ level, message, count }) => [level, message, count])

describe('preflight', () => {
  it('has nothing to say of sequences that fit', async () => {
    expect(await look('>a\nACGTACGT\n>b\nCCCCGGGG\n')).toEqual({
      file: 'x.fa',
      layout: 'fasta',
      table: null,
      records: 2,
      scorable: 2,
      windows: 0,
      modelLength: 8,
      shortest: 8,
      longest: 8,
      notes: [],
      classes: [
        {
          kind: 'fits',
          level: 'info',
          count: 2,
          message: '2 sequences fit the model as they are.',
          first: [
            { name: 'a', line: 1 },
            { name: 'b', line: 3 },
          ],
        },
      ],
      seen: null,
      skipped: [],
      skippedCount: 0,
    })
  })

  it('words one bad sequence as the user meets it', async () => {
    const text = Array.from({ length: 12 }, (_, i) => `>enh_${i + 1}\n${i === 11 ? 'MKEELLVG\nAE' : 'ACGTACGT'}\n`).join('')
    const result = await look(text)
    expect(result.notes[0]).toEqual({
      level: 'warning',
      count: 1,
      message: 'enh_12, line 24: E is not a DNA letter. This looks like protein. The other 11 sequences are fine.',
    })
    expect(result).toMatchObject({ records: 12, scorable: 11, skippedCount: 1, skipped: [{ name: 'enh_12', line: 24 }] })
  })

  it('counts several bad ones and shows the first', async () => {
    expect(await messages('>a\nACGTACGT\n>\nACGT\n>c\n')).toEqual([
      [
        'warning',
        '2 of 3 sequences cannot be scored, the first for this reason: Line 3: The sequence has no name. The other sequence is fine.',
        2,
      ],
    ])
    expect(await messages('>a\n>b\n')).toEqual([
      [
        'error',
        '2 of 2 sequences cannot be scored, the first for this reason: a, line 1: There is no sequence. There is nothing else to score.',
        2,
      ],
    ])
  })

  it('says what is read otherwise than it is written', async () => {
    expect(await messages('>a\nacgtACGU\n>b\nACGTNCGT\n>b\nACGTACGT\n')).toEqual([
      [
        'warning',
        '1 sequence has letters other than A, C, G and T, such as N; the model reads them as no base at all, as it was trained.',
        1,
      ],
      ['warning', '1 sequence has a name that stands earlier in the file; all are kept.', 1],
      ['info', '1 sequence has the same bases as one earlier in the file; all are scored.', 1],
      ['info', '1 sequence has lower-case letters; they are read as upper case.', 1],
      ['info', '1 sequence is written as RNA; U is read as T.', 1],
    ])
  })

  it('says what does not fit the model’s length', async () => {
    const result = await look('>a\nACGTACGTAA\n>b\nACGT\n>c\nAC\n')
    expect(result).toMatchObject({ shortest: 2, longest: 10 })
    expect(result.notes.map(({ message }) => message)).toEqual([
      '1 sequence is longer than the model reads (8 bases): only the middle is scored.',
      '2 sequences are shorter than the model reads (8 bases): they are padded on both sides.',
    ])
  })

  it('knows the construct', async () => {
    const model = modelOf(12, 'AAC', 'GTT')
    expect(await messages('>bare\nCCCGGG\n>whole\nAACCCCGGGGTT\n>other\nCCCCCCCCCCCC\n', model)).toEqual([
      ['warning', '1 sequence of the model’s length does not have the adapters that it was trained with; it is scored as it is.', 1],
      ['info', '1 sequence comes without the construct’s adapters, with which the model was trained; they are added.', 1],
    ])
    expect(await messages('>long\nTTTCCCGGGTTT\n>longer\nTTTCCCGGGTTTTT\n', model)).toContainEqual([
      'warning',
      '1 sequence is longer than the model reads (6 bases between its adapters): only the middle is scored.',
      1,
    ])
  })

  it('names plain sequences', async () => {
    expect(await messages('ACGTACGT\nACGTACGG\n')).toEqual([['info', 'The sequences have no names; each is named by its line.', 2]])
  })
})
