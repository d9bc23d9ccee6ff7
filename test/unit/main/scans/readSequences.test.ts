import { describe, expect, it } from 'vitest'
import { openSequences } from '../../../../src/main/scans/readSequences.ts'

async function read(text: string) {
  const asked = { columns: null, genome: null, long: 'windows' } as const
  const { layout, batches } = await openSequences({ kind: 'text', text, name: 'pasted' }, '/nowhere', asked)
  const rows: unknown[] = []
  for await (const records of batches)
    rows.push(...records.map(({ name, line, sequence, problem }) => [name, line, sequence, problem?.message ?? null]))
  return { layout, records: rows }
}

describe('readSequences', () => {
  it('reads FASTA with names byte for byte', async () => {
    expect(await read('\n>a|b:c;d_Reversed: \tx\nAC\nGT\n>é\nTT')).toEqual({
      layout: 'fasta',
      records: [
        ['a|b:c;d_Reversed: \tx', 2, 'ACGT', null],
        ['é', 5, 'TT', null],
      ],
    })
  })

  it('names plain sequences by their lines', async () => {
    expect(await read('\n acgt \r\n\nACGU\nMKVLE')).toEqual({
      layout: 'plain',
      records: [
        ['line 2', 2, 'acgt', null],
        ['line 4', 4, 'ACGU', null],
        ['line 5', 5, 'MKVLE', 'L is not a DNA letter. This looks like protein.'],
      ],
    })
  })

  it('takes a byte-order mark for nothing', async () => {
    expect((await read('\ufeffACGT\n')).records).toEqual([['line 1', 1, 'ACGT', null]])
    expect((await read('\ufeff>a\nACGT\n')).records).toEqual([['a', 1, 'ACGT', null]])
  })

  it('says where plain sequences turn into FASTA', async () => {
    await expect(read('ACGT\n>b\nACGT\n')).rejects.toThrow('pasted, line 2: here is a name, but the first sequence has none.')
  })

  it.each([
    ['a\tb\tc\n', /pasted is a table, and none of its columns holds DNA sequences\./],
    ['chr1\t10\t20\n', /pasted holds places on a genome, and no sequences\./],
    ['\n\n', /pasted holds no sequences/],
    ['', /pasted/],
    ['%PDF-1.4', /pasted is a PDF/],
  ])('refuses %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })
})
