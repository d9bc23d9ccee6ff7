import { describe, expect, it } from 'vitest'
import type { FileInspection } from '../../../../../src/shared/domain/importing.ts'
import type { Source } from '../../../../../src/shared/domain/source.ts'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { context, importPlan, testWorkbench, text } from '../datasetFixtures.ts'

const DNA = 'ACGTACGTACGTACGTACGTACG'
/** A table of three elements. */
const table = (columns: string, rows: readonly string[], delimiter = '\t') =>
  [['name', 'sequence', columns].join(delimiter), ...rows.map((row, i) => [`e${i}`, DNA + 'ACG'[i]!, row].join(delimiter))].join('\n')

type TableInspection = Extract<FileInspection, { kind: 'table' | 'regions' }>
async function inspect(source: Source): Promise<TableInspection> {
  const [inspection] = await testWorkbench().datasets.inspect({ sources: [source] }, context())
  if (inspection?.kind !== 'table' && inspection?.kind !== 'regions') throw new Error(JSON.stringify(inspection))
  return inspection
}
const rolesOf = ({ guesses }: TableInspection) => guesses.slice(2).map(({ is }) => is)

describe('numbers that may be read in two ways', () => {
  it('with commas between thousands are no decimals: they are refused, with what to do', async () => {
    const source = text('t.tsv', table('dna\trna', ['900\t5', '1,234\t6', '2,001\t7']))
    const { mapping } = await inspect(source)
    expect(mapping.decimal).toBe('.')
    await expect(importPlan(testWorkbench(), { sequences: { kind: 'table' }, tables: [{ source, mapping }] })).rejects.toMatchObject({
      message: 't.tsv, line 3: “1,234” in the column dna is not a number.',
      details: { hint: expect.stringMatching(/^If the file writes thousands so/) as unknown },
    })
  })

  it('are decimals where one of them can be nothing else', async () => {
    expect((await inspect(text('t.csv', table('K562', ['1,234', '0,5', '2,001'], ';')))).format.decimal).toBe(',')
    expect((await inspect(text('t.csv', table('K562', ['1.234,5', '7', '2'], ';')))).format.decimal).toBe(',')
  })

  it('with points between thousands are told of', async () => {
    const { guesses } = await inspect(text('t.csv', table('dna;rna', ['1.234;5', '987;6', '2.001;7'], ';')))
    expect(guesses[2]).toMatchObject({ is: { role: 'dna' }, confidence: 0.3 })
    expect(guesses[3]).toMatchObject({ is: { role: 'rna' }, confidence: 0.85 })
  })

  it('with decimal commas between commas are told as that', async () => {
    const [inspection] = await testWorkbench().datasets.inspect({ sources: [text('t.csv', table('K562', ['1,5'], ','))] }, context())
    expect(inspection).toMatchObject({ kind: 'unusable', hint: expect.stringMatching(/decimal commas/) as unknown })
  })

  it('are missing where Excel divided by zero', async () => {
    const source = text('t.tsv', table('K562', ['1.5', '#DIV/0!', '#NUM!']))
    const { mapping } = await inspect(source)
    const dataset = await importPlan(testWorkbench(), { sequences: { kind: 'table' }, tables: [{ source, mapping }] })
    expect(dataset.report.notes.find(({ kind }) => kind === 'not-finite')).toMatchObject({ count: 2 })
  })
})

describe('rows that are DNA and RNA by turns', () => {
  const rows = ['DNA\t10', 'DNA\t20', 'RNA\t30']
  it('are seen, and their counts taken for no activity', async () => {
    const inspection = await inspect(text('t.tsv', table('type\tcount', rows)))
    expect(rolesOf(inspection)).toEqual([{ role: 'ignore' }, { role: 'ignore' }])
    expect(inspection.guesses[2]!.reason).toMatch(/DNA or RNA/)
  })

  it.each(['activity', 'rna'] as const)('are refused as %s, with what to do', async (role) => {
    const source = text('t.tsv', table('type\tcount', rows))
    const { mapping } = await inspect(source)
    const columns = [...mapping.columns, { column: 'count', is: { role, cellType: 'K562' } }]
    const plan = { sequences: { kind: 'table' as const }, tables: [{ source, mapping: { ...mapping, columns } }] }
    await expect(importPlan(testWorkbench(), plan)).rejects.toMatchObject({
      message: expect.stringMatching(/^t\.tsv: by the column type, some rows count DNA and others RNA\./) as unknown,
    })
  })
})

describe('columns of replicates, cell types, DNA and RNA', () => {
  it.each([
    ['HepG2_r1_DNA', 'HepG2_r1_RNA', 'HepG2', '1'],
    ['DNA_HepG2_rep2', 'RNA_HepG2_rep2', 'HepG2', '2'],
    ['HepG2.dna.3', 'HepG2.rna.3', 'HepG2', '3'],
  ])('such as %s and %s', async (dna, rna, cellType, replicate) => {
    expect(rolesOf(await inspect(text('t.tsv', table(`${dna}\t${rna}`, ['1\t2', '3\t4', '5\t6']))))).toEqual([
      { role: 'dna', cellType, replicate },
      { role: 'rna', cellType, replicate },
    ])
  })
})

describe('regions of other programs', () => {
  const genome = text('g.fa', '>1\nACGTTGCAACCCGGGTTTTA\n')
  const cut = async (regions: Source) => {
    const workbench = testWorkbench()
    const { mapping } = await inspect(regions)
    const plan = { sequences: { kind: 'regions' as const, genome }, tables: [{ source: regions, mapping }] }
    const { names, sequences } = readContent(workbench.database, (await importPlan(workbench, plan)).id)
    return names.map((name, i) => [name, sequences[i]])
  }

  it('from R count from one, as their widths show, and have * for both strands', async () => {
    const regions = text('r.tsv', 'seqnames\tstart\tend\twidth\tstrand\tK562\n1\t1\t4\t4\t*\t1\n1\t5\t10\t6\t-\t2\n')
    expect(await cut(regions)).toEqual([
      ['1:1-4(*)', 'ACGT'],
      ['1:5-10(-)', 'GTTGCA'],
    ])
  })

  it('in bedGraph have a value in place of a name', async () => {
    expect(await cut(text('K562.bedgraph', 'track type=bedGraph\n1\t0\t4\t1.5\n1\t4\t10\t1.5\n'))).toEqual([
      ['1:0-4', 'ACGT'],
      ['1:4-10', 'TGCAAC'],
    ])
  })

  it('that call chromosomes otherwise are told what the genome calls them', async () => {
    await expect(cut(text('K562.bedgraph', 'chr1\t0\t4\t1.5\n'))).rejects.toThrow(
      'K562.bedgraph, line 1 (chr1:0-4): the genome has no chr1, but 1: both must name chromosomes alike.',
    )
  })
})

it('a name with two sequences in two files is told with both places', async () => {
  const sources = [text('a.tsv', table('A', ['1', '2'])), text('b.tsv', table('B', ['1', '2']).replace(`${DNA}C`, `${DNA}T`))]
  const tables = await Promise.all(sources.map(async (source) => ({ source, mapping: (await inspect(source)).mapping })))
  await expect(importPlan(testWorkbench(), { sequences: { kind: 'table' }, tables })).rejects.toThrow(
    'b.tsv, line 3: the name e1 stood before, at a.tsv, line 3, with another sequence.',
  )
})
