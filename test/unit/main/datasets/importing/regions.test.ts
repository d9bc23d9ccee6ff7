import { describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../../../src/shared/domain/importing.ts'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { context, importPlan, testWorkbench, text } from '../datasetFixtures.ts'

const genome = text('hg.fa', '>chr1\nACGTTGCAAC\nCCGGGTTTTA\nACG\n>chr2\nGGGGGTTTTT\n')
const bed = text('regions.bed', 'chr1\t0\t10\tfirst\t0\t+\nchr1\t5\t15\tsecond\t0\t-\nchr2\t0\t10\tthird\t0\t.\n')
const values = (content = 'name\tK562\nfirst\t1\nsecond\t2\nthird\t3\n') => text('values.tsv', content)

async function plan(regions = bed): Promise<ImportPlan> {
  const { datasets } = testWorkbench()
  const [inspection, table] = await datasets.inspect({ sources: [regions, values()] }, context())
  if (inspection?.kind !== 'regions' || table?.kind !== 'table') throw new Error('not recognised')
  return {
    sequences: { kind: 'regions', genome },
    tables: [
      { source: regions, mapping: inspection.mapping },
      { source: values(), mapping: table.mapping },
    ],
  }
}

describe('regions of a genome', () => {
  it('become sequences, those on the minus strand as reverse complements', async () => {
    const workbench = testWorkbench()
    const dataset = await importPlan(workbench, await plan())
    const content = readContent(workbench.database, dataset.id)
    // By hand: chr1 is ACGTTGCAACCCGGGTTTTAACG, so its bases 5 to 15 are GCAACCCGGG.
    expect(content.names.map((name, i) => [name, content.sequences[i]])).toEqual([
      ['first', 'ACGTTGCAAC'],
      ['second', 'CCCGGGTTGC'],
      ['third', 'GGGGGTTTTT'],
    ])
    expect(content.labels).toMatchObject([{ column: 'chrom', values: ['chr1', 'chr2'] }])
    expect(dataset.report.files.map(({ name, role }) => [name, role])).toEqual([
      ['hg.fa', 'genome'],
      ['regions.bed', 'regions'],
      ['values.tsv', 'activities in K562'],
    ])
  })

  it('count from one where the table says so, and name themselves where it does not', async () => {
    const workbench = testWorkbench()
    const table = text('t.tsv', 'chrom\tstart\tend\tK562\nchr1\t1\t4\t1\nchr2\t6\t10\t2\n')
    const [inspection] = await workbench.datasets.inspect({ sources: [table] }, context())
    if (inspection?.kind !== 'regions') throw new Error('not recognised')
    const mapping = { ...inspection.mapping, firstBase: 1 as const }
    const dataset = await importPlan(workbench, { sequences: { kind: 'regions', genome }, tables: [{ source: table, mapping }] })
    const content = readContent(workbench.database, dataset.id)
    expect(content.names.map((name, i) => [name, content.sequences[i]])).toEqual([
      ['chr1:1-4', 'ACGT'],
      ['chr2:6-10', 'TTTTT'],
    ])
  })

  it('that the genome does not have are told, and left out when the person says so', async () => {
    const outside = text('r.bed', 'chr1\t0\t10\tfirst\nchr1\t20\t24\tsecond\n7\t0\t10\tthird\n')
    const refused = await plan(outside)
    await expect(importPlan(testWorkbench(), refused)).rejects.toThrow(
      'r.bed, line 2 (second): chr1 ends at 23, the region at 24. There is 1 more such record.',
    )
    const dataset = await importPlan(testWorkbench(), refused, 'x', { outsideChromosome: 'skip' })
    expect(dataset).toMatchObject({ elements: 1, unmatched: { activities: 2 } })
    expect(dataset.report.notes[0]).toMatchObject({
      kind: 'outside-chromosome',
      count: 2,
      examples: [
        { name: 'second', file: 'r.bed', line: 2 },
        { name: 'third', file: 'r.bed', line: 3 },
      ],
    })
  })

  it('that hold no bases are refused with their line', async () => {
    const table = text('t.bed', 'chr1\t1\t4\ta\nchr1\t5\t5\tb\n')
    await expect(importPlan(testWorkbench(), await plan(table))).rejects.toMatchObject({
      details: { file: 't.bed', line: 2, hint: expect.stringMatching(/^If the table counts from 1/) as unknown },
    })
  })

  it('that start before the first base, where bases count from one, are refused with what may be wrong', async () => {
    const fromOne = await plan()
    const tables = fromOne.tables.map((table) => ({ ...table, mapping: { ...table.mapping, firstBase: 1 as const } }))
    await expect(importPlan(testWorkbench(), { ...fromOne, tables })).rejects.toMatchObject({
      message: 'regions.bed, line 1: the region starts at 0, where the first base of a chromosome has the number 1.',
      details: { hint: 'If the table counts from 0, as BED does, say so.' },
    })
  })
})
