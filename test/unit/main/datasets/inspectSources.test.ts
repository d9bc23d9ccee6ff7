import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectionSchema } from '../../../../src/shared/domain/dataset.ts'
import { inspectSources } from '../../../../src/main/datasets/inspectSources.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import { fixturePath, path, text } from './datasetFixtures.ts'

describe('inspectSources', () => {
  it('recognises each file of ENCODE’s for what it is', async () => {
    const inspections = await inspectSources(
      ['library.fasta', 'HepG2.tsv', 'K562.tsv.gz', 'WTC11.tsv.gz'].map((name) => path(fixturePath(name))),
      '',
    )
    for (const inspection of inspections) inspectionSchema.parse(inspection)
    expect(inspections).toEqual([
      { kind: 'fasta', file: 'library.fasta', firstName: 'WTC11_seq9000002_F', length: 230 },
      { kind: 'activity', file: 'HepG2.tsv', cellType: 'HepG2' },
      { kind: 'activity', file: 'K562.tsv.gz', cellType: 'K562' },
      { kind: 'activity', file: 'WTC11.tsv.gz', cellType: 'WTC11' },
    ])
  })

  it('previews a table and guesses its columns', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `e${i}\tACGTACGTACGT\t${i / 10}`)
    const [inspection] = await inspectSources([text('HepG2.tsv', ['seq_id\tseq\tmean_value', ...rows].join('\n'))], '')
    expect(inspection).toMatchObject({
      kind: 'table',
      header: ['seq_id', 'seq', 'mean_value'],
      columns: { name: 'seq_id', sequence: 'seq', activities: { HepG2: 'mean_value' } },
    })
    expect(inspection?.kind === 'table' && inspection.preview).toHaveLength(8)
  })

  it('leaves the columns of a table that it does not understand to the user', async () => {
    expect(await inspectSources([text('x.csv', 'a,b\nx,y\n')], '')).toMatchObject([{ kind: 'table', columns: null }])
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
        text('e.tsv', 'x1\tACGTACGTACGTACGTACGTACGT\t0.5\n'),
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
      expect.stringMatching(/^e.tsv, line 1: the first line holds data/),
      expect.stringMatching(/^cut.tsv.gz ends too early/),
      'There is no file gone.tsv.',
      'up.tsv was not uploaded.',
      'fasta',
    ])
    for (const inspection of inspections) inspectionSchema.parse(inspection)
  })
})
