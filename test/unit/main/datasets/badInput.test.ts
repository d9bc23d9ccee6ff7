import { rmSync, writeFileSync } from 'node:fs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Source } from '../../../../src/shared/domain/source.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import {
  context,
  contentOf,
  encodeFixture,
  fixturePath,
  importFiles,
  path,
  testWorkbench,
  text,
  type ImportedFiles,
} from './datasetFixtures.ts'

const fastaText = readFileSync(fixturePath('library.fasta'), 'utf8')
const tsvText = readFileSync(fixturePath('HepG2.tsv'), 'utf8')
const tsvLines = tsvText.split('\n')
const onLine = (line: number, change: (text: string) => string) =>
  tsvLines.map((content, i) => (i === line - 1 ? change(content) : content)).join('\n')
const inColumn = (column: number, value: string) => (content: string) => content.split('\t').with(column, value).join('\t')

const asFasta = (fasta: Source): ImportedFiles => ({ ...encodeFixture, fasta })
const asActivity = (source: Source): ImportedFiles => ({ ...encodeFixture, activities: [{ cellType: 'HepG2', source }] })
const withFile = (name: string, bytes: string | Uint8Array): Source => {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, bytes)
  return path(file)
}
const table = (content: string, activities: Record<string, string> = { K562: 'v' }): ImportedFiles => ({
  kind: 'table',
  source: text('t.tsv', content),
  columns: { name: 'n', sequence: 's', activities },
})

interface Case {
  readonly files: () => ImportedFiles
  readonly message: RegExp
  readonly file?: string
  readonly line?: number
}

const cases: Record<string, Case> = {
  'a TSV that lacks a column': {
    files: () => asActivity(text('HepG2.tsv', tsvText.replace('log2', 'logFC'))),
    message:
      /^HepG2.tsv, line 1: the column log2 is missing. The columns there are condition, replicate, name, dna_count, rna_count, ratio, logFC, n_obs_bc.$/,
    file: 'HepG2.tsv',
    line: 1,
  },
  'a number that is no number': {
    files: () => asActivity(text('HepG2.tsv', onLine(40, inColumn(6, '1.2.3')))),
    message: /^HepG2.tsv, line 40: “1.2.3” in the column log2 is not a number.$/,
    file: 'HepG2.tsv',
    line: 40,
  },
  'a FASTA that is a PDF': {
    files: () => asFasta(withFile('library.fasta', '%PDF-1.7\n>a\nACGT\n')),
    message: /^library.fasta is a PDF/,
    file: 'library.fasta',
  },
  'an empty FASTA': { files: () => asFasta(withFile('library.fasta', '')), message: /^library.fasta is empty.$/, file: 'library.fasta' },
  'an empty TSV': { files: () => asActivity(withFile('HepG2.tsv', '')), message: /^HepG2.tsv is empty.$/, file: 'HepG2.tsv' },
  'a TSV with a header alone': {
    files: () => asActivity(text('HepG2.tsv', `${tsvLines[0]}\n`)),
    message: /^HepG2.tsv has a header and no rows.$/,
    file: 'HepG2.tsv',
  },
  'a gzip cut short': {
    files: () => asActivity(withFile('HepG2.tsv.gz', gzipSync(tsvText).subarray(0, 50_000))),
    message: /^HepG2.tsv.gz ends too early/,
    file: 'HepG2.tsv.gz',
  },
  'a TSV cut short': {
    files: () => asActivity(text('HepG2.tsv', tsvLines.slice(0, 50).join('\n').slice(0, -60))),
    message: /^HepG2.tsv, line 50: there are? .* where the header has 8.$/,
    file: 'HepG2.tsv',
    line: 50,
  },
  'a protein FASTA': {
    files: () => asFasta(text('library.fasta', `${fastaText}>enh_12\nMKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ\n`)),
    message: /^library.fasta, line 1430 \(enh_12\): I is not a DNA letter. This looks like protein.$/,
    file: 'library.fasta',
    line: 1430,
  },
  'names that match nothing': {
    files: () => asFasta(text('library.fasta', fastaText.replace(/^>/gm, '>x_'))),
    message: /^No name in HepG2.tsv is the name of a sequence in library.fasta./,
    file: 'HepG2.tsv',
  },
  'one activity file of another library': {
    files: () => ({
      ...encodeFixture,
      activities: [
        ...encodeFixture.activities,
        { cellType: 'GM12878', source: text('GM.tsv', `${tsvLines[0]}\nGM\t1\tother\t1\t1\t1\t1\t20\n`) },
      ],
    }),
    message: /^No name in GM.tsv is the name of a sequence/,
    file: 'GM.tsv',
  },
  'a name with two sequences': {
    files: () => asFasta(text('library.fasta', `${fastaText}>WTC11_seq9000002_F\nACGT\n`)),
    message: /^library.fasta, line 1429: the name WTC11_seq9000002_F stood before, at line 1, with another sequence.$/,
    file: 'library.fasta',
    line: 1429,
  },
  'a FASTA given as TSV': {
    files: () => asActivity(path(fixturePath('library.fasta'))),
    message: /^library.fasta, line 1: .* This looks like FASTA.$/,
    file: 'library.fasta',
    line: 1,
  },
  'a TSV given as FASTA': {
    files: () => asFasta(path(fixturePath('HepG2.tsv'))),
    message: /^HepG2.tsv, line 1: .* This looks like a table.$/,
    file: 'HepG2.tsv',
    line: 1,
  },
  'one file for two cell types': {
    files: () => ({
      ...encodeFixture,
      activities: ['HepG2', 'K562'].map((cellType) => ({ cellType, source: path(fixturePath('HepG2.tsv')) })),
    }),
    message: /^HepG2.tsv and HepG2.tsv are the same file/,
    file: 'HepG2.tsv',
  },
  'too few barcodes everywhere': {
    files: () => asActivity(text('HepG2.tsv', tsvLines.map((line, i) => (i && line ? inColumn(7, '3')(line) : line)).join('\n'))),
    message: /^No sequence has an activity with at least 10 barcodes in HepG2.tsv.$/,
    file: 'HepG2.tsv',
  },
  'a cell type named twice': {
    files: () => ({
      ...encodeFixture,
      activities: [encodeFixture.activities[0]!, { ...encodeFixture.activities[1]!, cellType: ' HepG2' }],
    }),
    message: /^HepG2 is named twice.$/,
  },
  'a cell type named all': {
    files: () => ({ ...encodeFixture, activities: [{ ...encodeFixture.activities[0]!, cellType: 'all' }] }),
    message: /cannot be the name of one/,
  },
  'a table without the column': {
    files: () => table('n\tseq\tv\na\tACGT\t1\n'),
    message: /^t.tsv, line 1: the column s is missing/,
    file: 't.tsv',
    line: 1,
  },
  'a table with a sequence that is none': {
    files: () => table('n\ts\tv\na\tACGT\t1\nb\tAC!T\t1\n'),
    message: /^t.tsv, line 3 \(b\): ! is not a DNA letter.$/,
    file: 't.tsv',
    line: 3,
  },
  'a table with a number that is none': {
    files: () => table('n\ts\tv\na\tACGT\thigh\n'),
    message: /^t.tsv, line 2: “high” in the column v is not a number.$/,
    file: 't.tsv',
    line: 2,
  },
  'a table with one name for two sequences': {
    files: () => table('n\ts\tv\na\tACGT\t1\na\tACGA\t1\n'),
    message: /^t.tsv, line 3: the name a stood before, at line 2/,
    file: 't.tsv',
    line: 3,
  },
  'a table without an activity': {
    files: () => table('n\ts\tv\na\tACGT\tNA\n'),
    message: /^No sequence has an activity in t.tsv.$/,
    file: 't.tsv',
  },
  'a table without chosen activities': { files: () => table('n\ts\tv\na\tACGT\t1\n', {}), message: /^No column of t.tsv was chosen/ },
}

describe('an import refuses in one message, with file, line and what to do, and leaves the database as it was', () => {
  it.each(Object.entries(cases))('%s', async (_what, { files, message, file, line }) => {
    const workbench = testWorkbench()
    await workbench.datasets.simulate({ name: 'before', elements: 100, seed: 1 }, context())
    const before = contentOf(workbench.folder)
    const refusal = await importFiles(workbench, { name: 'bad', files: files() }).then(
      () => expect.unreachable('it was taken'),
      (fault: unknown) => fault,
    )
    expect(refusal).toMatchObject({
      name: 'WorkbenchError',
      code: 'invalid-input',
      message: expect.stringMatching(message) as unknown,
      details: { hint: expect.stringMatching(/\w+ .*\.$/) as unknown },
    })
    if (file !== undefined) expect(refusal).toMatchObject({ details: { file } })
    if (line !== undefined) expect(refusal).toMatchObject({ details: { line } })
    expect(contentOf(workbench.folder)).toBe(before)
    expect(workbench.events).toHaveLength(1)
  })

  it('a file that vanishes during the import', async () => {
    const workbench = testWorkbench()
    const before = contentOf(workbench.folder)
    const source = withFile('HepG2.tsv', tsvText)
    let seen = false
    const vanish = ({ stage }: { stage: string }) => {
      if (seen || stage !== 'Reading HepG2.tsv' || source.kind !== 'path') return
      seen = true
      rmSync(source.path)
    }
    await expect(importFiles(workbench, { name: 'bad', files: asActivity(source) }, context(undefined, vanish))).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'HepG2.tsv was moved or deleted while it was being read. Nothing was changed.',
      details: { file: 'HepG2.tsv', hint: expect.any(String) as unknown },
    })
    expect(seen).toBe(true)
    expect(contentOf(workbench.folder)).toBe(before)
  })

  it('a file that is gone before it', async () => {
    const workbench = testWorkbench()
    const source = withFile('HepG2.tsv', tsvText)
    if (source.kind === 'path') rmSync(source.path)
    await expect(importFiles(workbench, { name: 'bad', files: asActivity(source) })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no file HepG2.tsv.',
    })
  })
})
