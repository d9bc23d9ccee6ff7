import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../src/main/files/openSource.ts'
import { readFasta, type FastaRecord } from '../../../../src/main/files/readFasta.ts'

describe('readFasta', () => {
  it('keeps the whole header byte for byte, joins lines and counts them', async () => {
    const records = await recordsOf('\n>C:SLEA_hg18:chr2:1-2|66:V_AHR;9:X_Reversed: \nACGT\nacgu  \n\nNN\n>b c\td\nTTTT')
    expect(records.map(({ name, line, sequence, problem }) => ({ name, line, sequence, problem }))).toEqual([
      { name: 'C:SLEA_hg18:chr2:1-2|66:V_AHR;9:X_Reversed: ', line: 2, sequence: 'ACGTacguNN', problem: null },
      { name: 'b c\td', line: 7, sequence: 'TTTT', problem: null },
    ])
    expect([...records[0]!.codes]).toEqual([1, 2, 4, 8, 1, 2, 4, 8, 15, 15])
  })

  it('says what is wrong with a record, where, and goes on with the next', async () => {
    const records = await recordsOf('>protein\nMKVLAAGIVG\nEELLKQ\n>typo\nACGT\nAC-GT\n>none\n>\nACGT\n>fine\nACGT\n>space\nAC GT\n')
    expect(records.map(({ name, problem }) => [name, problem])).toEqual([
      ['protein', { line: 2, message: 'L is not a DNA letter. This looks like protein.' }],
      ['typo', { line: 6, message: '- is not a DNA letter. Gaps of an alignment have to be taken out first.' }],
      ['none', { line: 7, message: 'There is no sequence.' }],
      ['', { line: 8, message: 'The sequence has no name.' }],
      ['fine', null],
      ['space', { line: 13, message: 'A space is not a DNA letter.' }],
    ])
    expect(records[0]!.codes).toHaveLength(0)
  })

  it('sees a protein whose letters all happen to be IUPAC codes, and takes DNA with many N', async () => {
    const [protein, gaps, typo] = await recordsOf(`>a\nMKVHDSWRYBMKVHDSWRYB\n>b\n${'N'.repeat(30)}ACGT\n>c\nACGTACGTACGTEACGT\n`)
    expect(protein!.problem?.message).toMatch(/looks like protein/)
    expect(gaps!.problem).toBeNull()
    expect(typo!.problem?.message).toBe('E is not a DNA letter.')
  })

  it('refuses a table and text without any header, with the line', async () => {
    await expect(recordsOf('name\tlog2\na\t1\n')).rejects.toMatchObject({
      message: expect.stringContaining('This looks like a table') as unknown,
      details: { file: 'x.fa', line: 1 },
    })
    await expect(recordsOf('\n\nACGT\n')).rejects.toMatchObject({ details: { file: 'x.fa', line: 3 } })
    await expect(recordsOf('\n \n')).rejects.toThrow(/holds no sequences/)
  })
})

async function recordsOf(text: string): Promise<FastaRecord[]> {
  const records: FastaRecord[] = []
  for await (const record of readFasta(await openSource({ kind: 'text', name: 'x.fa', text }, ''))) records.push(record)
  return records
}
