import { describe, expect, it } from 'vitest'
import type { ImportPlan, PlannedTable } from '../../../../../src/shared/domain/importing.ts'
import type { ColumnRole } from '../../../../../src/shared/domain/mapping.ts'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { importPlan, testWorkbench, text } from '../datasetFixtures.ts'

const fasta = text('library.fa', '>a\nACGTACGTACGT\n>b\nACGTACGTAAAA\n>c\nCCCCACGTAAAA\n')
const table = (content: string, columns: Record<string, ColumnRole>, rest: Partial<PlannedTable['mapping']> = {}): PlannedTable => ({
  source: text(`counts ${content.length}.tsv`, content),
  mapping: {
    header: 'first-line',
    columns: Object.entries(columns).map(([column, is]) => ({ column, is })),
    decimal: '.',
    firstBase: 0,
    ...rest,
  },
})
const name: ColumnRole = { role: 'name' }
async function contentOf(tables: PlannedTable[], pseudocount = 1) {
  const workbench = testWorkbench()
  const plan: ImportPlan = { sequences: { kind: 'fasta', source: fasta }, tables }
  const dataset = await importPlan(workbench, plan, 'counts', { pseudocount, minimumBarcodes: 0 })
  return { dataset, ...readContent(workbench.database, dataset.id) }
}
const log2 = (rna: number, rnaTotal: number, dna: number, dnaTotal: number, p = 1) =>
  Math.fround(Math.log2(((rna / rnaTotal) * 1e6 + p) / ((dna / dnaTotal) * 1e6 + p)))

describe('activities from counts', () => {
  it('are log2 of counts per million, over all that the file counts, each replicate by itself', async () => {
    const rows = ['n\td1\tr1\td2\tr2', 'a\t10\t20\t1\t1', 'b\t30\t5\t2\t8', 'stranger\t60\t75\t7\t1']
    const { cellTypes, names } = await contentOf(
      [
        table(rows.join('\n'), {
          n: name,
          d1: { role: 'dna', cellType: 'K562', replicate: '1' },
          r1: { role: 'rna', cellType: 'K562', replicate: '1' },
          d2: { role: 'dna', cellType: 'K562', replicate: '2' },
          r2: { role: 'rna', cellType: 'K562', replicate: '2' },
        }),
      ],
      0.5,
    )
    expect(names).toEqual(['a', 'b'])
    const [first, second] = cellTypes[0]!.replicates
    expect([...first!.activities]).toEqual([log2(20, 100, 10, 100, 0.5), log2(5, 100, 30, 100, 0.5)])
    expect([...second!.activities]).toEqual([log2(1, 10, 1, 10, 0.5), log2(8, 10, 2, 10, 0.5)])
    expect(cellTypes[0]!.activities[0]).toBe(Math.fround((first!.activities[0]! + second!.activities[0]!) / 2))
  })

  it('sum over the barcodes of an element, and count those whose DNA was seen', async () => {
    const rows = ['bc\tn\tdna\trna', 'AAAA\ta\t3\t4', 'CCCC\tb\t5\t0', 'GGGG\ta\t7\t6', 'TTTT\ta\t0\t9', 'ACGT\tb\t\t2']
    const columns = { bc: { role: 'barcode' }, n: name, dna: { role: 'dna' }, rna: { role: 'rna' } } as const
    const { cellTypes } = await contentOf([table(rows.join('\n'), columns, { cellType: 'K562' })])
    const [replicate] = cellTypes[0]!.replicates
    expect(replicate).toMatchObject({ name: '1', barcodes: Int32Array.of(2, 1) })
    expect([...replicate!.activities]).toEqual([log2(19, 21, 10, 15), log2(2, 21, 5, 15)])
  })

  it('are the same whether a long table or a wide one holds them, with decimal commas or points', async () => {
    const wide = table(
      'n;dna;rna\na;1,5;2,5\nb;3;4\n',
      { n: name, dna: { role: 'dna' }, rna: { role: 'rna' } },
      { cellType: 'K562', decimal: ',' },
    )
    const long = table('n\tcell\trep\tdna\trna\nb\tK562\t1\t3\t4\na\tK562\t1\t1.5\t2.5\n', {
      n: name,
      cell: { role: 'cellType' },
      rep: { role: 'replicate' },
      dna: { role: 'dna' },
      rna: { role: 'rna' },
    })
    expect((await contentOf([wide])).dataset.fingerprint).toBe((await contentOf([long])).dataset.fingerprint)
  })

  it('divide by one pool of DNA where replicates share it, out of the same table or another', async () => {
    const rna = (replicate: string): ColumnRole => ({ role: 'rna', cellType: 'K562', replicate })
    const oneTable = await contentOf([
      table('n\tpool\tr1\tr2\na\t10\t20\t3\nb\t30\t5\t4\n', {
        n: name,
        pool: { role: 'dna', cellType: 'K562' },
        r1: rna('1'),
        r2: rna('2'),
      }),
    ])
    const twoTables = await contentOf([
      table('n\tplasmid\na\t10\nb\t30\n', { n: name, plasmid: { role: 'dna' } }),
      table('n\tr1\tr2\na\t20\t3\nb\t5\t4\n', { n: name, r1: rna('1'), r2: rna('2') }),
    ])
    expect([...oneTable.cellTypes[0]!.replicates[1]!.activities]).toEqual([log2(3, 7, 10, 40), log2(4, 7, 30, 40)])
    expect(twoTables.dataset.fingerprint).toBe(oneTable.dataset.fingerprint)
  })

  it('leave out what has no DNA, and say so', async () => {
    const columns = { n: name, dna: { role: 'dna' }, rna: { role: 'rna' } } as const
    const { dataset, names } = await contentOf([table('n\tdna\trna\na\t1\t2\nb\t0\t5\nc\tNA\t1\n', columns, { cellType: 'K562' })])
    expect(names).toEqual(['a'])
    expect(dataset.report.notes.map(({ kind, count }) => [kind, count])).toEqual([
      ['not-finite', 1],
      ['no-dna', 1],
    ])
  })

  it.each([
    ['without DNA', { rna: { role: 'rna', cellType: 'K562' } }, 'K562 has counts of RNA and none of DNA.'],
    ['without RNA', { dna: { role: 'dna', cellType: 'K562' } }, 'K562 has counts of DNA and none of RNA.'],
    ['of nobody', { dna: { role: 'dna' }, rna: { role: 'rna' } }, /^It is not said which cell type/],
  ] as const)('%s are refused', async (_what, columns, message) => {
    await expect(contentOf([table('n\tdna\trna\na\t1\t2\n', { n: name, ...columns })])).rejects.toThrow(message)
  })

  it('that are negative are refused with their line', async () => {
    const columns = { n: name, dna: { role: 'dna' }, rna: { role: 'rna' } } as const
    await expect(contentOf([table('n\tdna\trna\na\t1\t2\nb\t-1\t2\n', columns, { cellType: 'K562' })])).rejects.toMatchObject({
      message: expect.stringMatching(/line 3: “-1” in the column dna is not a count\.$/) as unknown,
      details: { line: 3 },
    })
  })
})
