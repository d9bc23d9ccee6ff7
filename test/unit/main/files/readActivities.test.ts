import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../src/main/files/openSource.ts'
import { readActivities, type ActivityRow } from '../../../../src/main/files/readActivities.ts'

const encode = `condition\treplicate\tname\tdna_count\trna_count\tratio\tlog2\tn_obs_bc
K562\t2\tHepG2_DNasePeakNoPromoter58389\t0.250189473849749\t0.386093520764651\t1.54320449547177\t0.625929251185881\t44
K562\t2\tHepG2_DNasePeakNoPromoter13872\t0.123448753544284\t0.0978149789469844\t0.792352908706329\t-0.335784954683527\t7
`

describe('readActivities', () => {
  it('reads ENCODE’s file to the last digit', async () => {
    expect(await rowsOf(encode)).toEqual([
      { line: 2, name: 'HepG2_DNasePeakNoPromoter58389', replicate: '2', condition: 'K562', activity: 0.625929251185881, barcodes: 44 },
      { line: 3, name: 'HepG2_DNasePeakNoPromoter13872', replicate: '2', condition: 'K562', activity: -0.335784954683527, barcodes: 7 },
    ])
  })

  it('finds columns by name, in any order, beside others', async () => {
    expect(await rowsOf('extra\tn_obs_bc\tLOG2\tname\treplicate\nx\t10\tNA\ta b\t1\n')).toEqual([
      { line: 2, name: 'a b', replicate: '1', condition: '', activity: Number.NaN, barcodes: 10 },
    ])
  })

  it.each(['name', 'replicate', 'log2', 'n_obs_bc'])(
    'names the column %s where it is missing, and those that are there',
    async (column) => {
      const text = encode.replace(column, 'something')
      await expect(rowsOf(text)).rejects.toMatchObject({
        message: expect.stringMatching(
          new RegExp(`x.tsv, line 1: the column ${column} is missing. The columns there are .*something`),
        ) as unknown,
        details: { file: 'x.tsv', line: 1 },
      })
    },
  )

  it('needs no barcodes where none are asked for', async () => {
    expect(await rowsOf(encode.replace('n_obs_bc', 'something'), false)).toMatchObject([{ barcodes: Number.NaN }, { barcodes: Number.NaN }])
  })

  it.each([
    ['a number that is none', encode.replace('-0.335784954683527', 'high'), 3, /“high” in the column log2 is not a number/],
    [
      'a number of barcodes that is none',
      encode.replace('\t7\n', '\t7.5\n'),
      3,
      /“7.5” in the column n_obs_bc is not a number of barcodes/,
    ],
    ['an empty name', encode.replace('HepG2_DNasePeakNoPromoter13872', ''), 3, /the column name is empty/],
    ['two columns of one name', encode.replace('ratio', 'log2'), 1, /two columns named log2/],
    ['a line cut short', encode.slice(0, -30), 3, /columns where the header has 8/],
    ['FASTA', '>a\nACGT\n', 1, /looks like FASTA/],
  ])('refuses %s', async (_what, text, line, message) => {
    await expect(rowsOf(text)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message) as unknown,
      details: { file: 'x.tsv', line },
    })
  })
})

async function rowsOf(text: string, needsBarcodes = true): Promise<ActivityRow[]> {
  const rows: ActivityRow[] = []
  for await (const batch of readActivities(await openSource({ kind: 'text', name: 'x.tsv', text }, ''), needsBarcodes)) rows.push(...batch)
  return rows
}
