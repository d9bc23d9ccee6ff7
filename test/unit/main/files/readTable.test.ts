import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../src/main/files/openSource.ts'
import { readTable } from '../../../../src/main/files/readTable.ts'

describe('readTable', () => {
  it.each([
    [
      'tabs',
      'a\tb\n1\t2\n\n3\t4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['commas', 'a,b\r\n1,2\r\n', [['1', '2']]],
    ['semicolons', 'a;b\n1,5;2\n', [['1,5', '2']]],
    [
      'quotes',
      '"a","b"\n"x, ""y""",2\n"",z\n',
      [
        ['x, "y"', '2'],
        ['', 'z'],
      ],
    ],
    ['tabs, where names hold commas', 'a\tb,c\n1\t2\n', [['1', '2']]],
    ['empty fields at the end', 'a\tb\n1\t\n', [['1', '']]],
  ])('reads %s', async (_what, text, rows) => {
    const table = await tableOf(text)
    expect(table.rows).toEqual(rows)
    expect(table.header).toHaveLength(2)
  })

  it('tells the line of every row', async () => {
    expect((await tableOf('\n\na\tb\n\n1\t2\n\n\n3\t4\n')).lines).toEqual([5, 8])
  })

  it.each([
    ['a row with fewer columns', 'a\tb\n1\t2\n3\n', 3, /is 1 column where the header has 2/],
    ['a row with more columns', 'a\tb\n1\t2\t3\n', 2, /are 3 columns where the header has 2/],
    ['an open quote', 'a,b\n"1,2\n', 2, /opened and not closed/],
    ['a quote within a field', 'a,b\n"1"x,2\n', 2, /stands within a field/],
    ['FASTA', '>a\nACGT\n', 1, /looks like FASTA/],
  ])('refuses %s', async (_what, text, line, message) => {
    await expect(tableOf(text)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message) as unknown,
      details: { file: 'x.tsv', line },
    })
  })
})

async function tableOf(text: string): Promise<{ header: readonly string[]; rows: string[][]; lines: number[] }> {
  const { header, batches } = await readTable(await openSource({ kind: 'text', name: 'x.tsv', text }, ''))
  const rows: string[][] = []
  const lines: number[] = []
  for await (const batch of batches) {
    rows.push(...batch.rows.map((row) => [...row]))
    lines.push(...batch.lines)
  }
  return { header, rows, lines }
}
