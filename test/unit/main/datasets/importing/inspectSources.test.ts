import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fileInspectionSchema, type FileInspection } from '../../../../../src/shared/domain/importing.ts'
import { inspectSources } from '../../../../../src/main/datasets/importing/inspectSources.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'
import { fixturePath, path, text } from '../datasetFixtures.ts'

const DNA = 'ACGTACGTACGTACGTACGTAC'
const inspect = async (name: string, content: string) => (await inspectSources([text(name, content)], ''))[0]!
const roles = (inspection: FileInspection) =>
  inspection.kind === 'table' || inspection.kind === 'regions'
    ? inspection.guesses.map(({ is }) =>
        [is.role, 'cellType' in is ? is.cellType : undefined, 'replicate' in is ? is.replicate : undefined].filter(Boolean).join(' '),
      )
    : inspection.kind

describe('inspectSources', () => {
  it('recognises each file of ENCODE’s for what it is', async () => {
    const inspections = await inspectSources(
      ['library.fasta', 'HepG2.tsv', 'K562.tsv.gz'].map((name) => path(fixturePath(name))),
      '',
    )
    for (const inspection of inspections) fileInspectionSchema.parse(inspection)
    expect(inspections[0]).toEqual({ kind: 'fasta', file: 'library.fasta', firstName: 'WTC11_seq9000002_F', length: 230 })
    for (const inspection of inspections.slice(1))
      expect(roles(inspection)).toEqual(['cellType', 'replicate', 'name', 'ignore', 'ignore', 'ignore', 'activity', 'barcodes'])
    expect(inspections[2]).toMatchObject({
      kind: 'table',
      format: { encoding: 'UTF-8', delimiter: '\t', decimal: '.', compressed: true },
      sheets: [],
      mapping: { header: 'first-line' },
    })
    expect(inspections[2]?.kind === 'table' && inspections[2].rows).toHaveLength(50)
  })

  it.each([
    ['a wide table', 'HepG2.tsv', `seq_id\tseq\tmean_value\na\t${DNA}\t0.5\n`, ['name', 'sequence', 'activity']],
    [
      'replicates as columns',
      'x.csv',
      `id,sequence,HepG2_rep1,HepG2_rep2,K562\na,${DNA},1,2,3\n`,
      ['name', 'sequence', 'activity HepG2 1', 'activity HepG2 2', 'activity K562'],
    ],
    ['a long table', 'x.tsv', `name\tcell_type\treplicate\tlog2\nx\tK562\t1\t0.1\n`, ['name', 'cellType', 'replicate', 'activity']],
    [
      'counts per replicate',
      'x.tsv',
      `name\tK562_rep1_dna\tK562_rep1_rna\tK562_rep2_dna\tK562_rep2_rna\na\t1\t2\t3\t4\n`,
      ['name', 'dna K562 1', 'rna K562 1', 'dna K562 2', 'rna K562 2'],
    ],
    [
      'counts per barcode',
      'K562.tsv',
      `barcode\toligo\tdna_count\trna_count\nACGTACGTACGTACG\tt1\t5\t7\n`,
      ['barcode', 'name', 'dna', 'rna'],
    ],
    ['numbers that are no activities', 'x.tsv', `name\tK562\tp_value\na\t1.5\t0.1\n`, ['name', 'activity K562', 'ignore']],
    ['labels', 'x.tsv', `name\tclass\tK562\na\tpromoter\t1.5\nb\tenhancer\t2\nc\tpromoter\t1\n`, ['name', 'label', 'activity K562']],
    ['a table that it does not understand', 'x.csv', 'a,b\nx,y\n', ['name', 'ignore']],
  ])('guesses the columns of %s', async (_what, file, content, expected) => {
    const inspection = await inspect(file, content)
    expect(roles(inspection)).toEqual(expected)
    for (const { confidence, reason } of inspection.kind === 'table' ? inspection.guesses : []) {
      expect(confidence).toBeGreaterThan(0)
      expect(reason).not.toBe('')
    }
  })

  it('takes the cell type of a table that does not name it from the file’s name', async () => {
    expect(await inspect('HepG2.tsv.gz', `seq_id\tseq\tmean_value\na\t${DNA}\t0.5\n`)).toMatchObject({ mapping: { cellType: 'HepG2' } })
  })

  it('knows decimal commas, headerless tables and BED', async () => {
    const commas = await inspect('x.csv', `name;seq;K562\na;${DNA};0,5\nb;${DNA};-1,25\n`)
    expect(commas).toMatchObject({ format: { delimiter: ';', decimal: ',' }, mapping: { decimal: ',' } })
    expect(roles(commas)).toEqual(['name', 'sequence', 'activity K562'])
    expect(await inspect('e.tsv', `x1\t${DNA}\t0.5\nx2\t${DNA}\t0.7\n`)).toMatchObject({
      kind: 'table',
      header: ['Column 1', 'Column 2', 'Column 3'],
      mapping: { header: 'none' },
    })
    const bed = await inspect('r.bed', '# made by hand\ntrack name=x\nchr1\t10\t40\ta\t0\t-\nchr2\t5\t9\tb\t0\t+\n')
    expect(bed).toMatchObject({ kind: 'regions', mapping: { header: 'bed' }, lines: [3, 4] })
    expect(roles(bed)).toEqual(['chromosome', 'start', 'end', 'name', 'ignore', 'strand'])
  })

  it('tells a genome from elements', async () => {
    const long = Array.from({ length: 600 }, () => 'ACGT'.repeat(15)).join('\n')
    expect(await inspect('hg.fa', `>chr1 first\n${long}\n>chr2\nACGT\n`)).toEqual({
      kind: 'genome',
      file: 'hg.fa',
      firstName: 'chr1',
      indexed: false,
    })
  })

  it('says of each file that cannot be used why, and goes on with the others', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'cut.tsv.gz'), gzipSync('ACGT'.repeat(1000)).subarray(0, 20))
    const inspections = await inspectSources(
      [
        text('a.fa', '%PDF-1.4'),
        text('b.fa', ''),
        text('c.fa', '>x\nMKTAYIAKQRQISFVKSHFSRQ\n'),
        text('d.txt', 'hello\nworld\n'),
        path(join(folder, 'cut.tsv.gz')),
        path(join(folder, 'gone.tsv')),
        { kind: 'upload', upload: '../../x', name: 'up.tsv' },
        text('fine.fa', '>x\nACGT\n'),
      ],
      folder,
    )
    expect(inspections.map((one) => (one.kind === 'unusable' ? one.message : one.kind))).toEqual([
      'a.fa is a PDF, not text that the workbench can read.',
      'b.fa is empty.',
      'c.fa, line 2 (x): I is not a DNA letter. This looks like protein.',
      'd.txt, line 1: there is one column only, so this is no table, nor is it FASTA.',
      expect.stringMatching(/^cut.tsv.gz ends too early/),
      'There is no file gone.tsv.',
      'up.tsv was not uploaded.',
      'fasta',
    ])
    for (const inspection of inspections) fileInspectionSchema.parse(inspection)
  })
})
