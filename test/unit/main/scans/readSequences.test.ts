import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../src/main/files/openSource.ts'
import { readSequences } from '../../../../src/main/scans/readSequences.ts'

async function read(text: string) {
  const { layout, records } = await readSequences(await openSource({ kind: 'text', text, name: 'pasted' }, '/nowhere'))
  const rows: unknown[] = []
  for await (const { name, line, sequence, problem } of records) rows.push([name, line, sequence, problem?.message ?? null])
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
    ['a\tb\tc\n', /pasted, line 1: a FASTA file starts with a line that begins with “>”\. This looks like a table\./],
    ['\n\n', /pasted holds no sequences/],
    ['', /pasted/],
    ['%PDF-1.4', /pasted is a PDF/],
  ])('refuses %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })
})
