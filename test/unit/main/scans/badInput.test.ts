import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { preflight } from '../../../../src/main/scans/preflight.ts'
import { openSequences } from '../../../../src/main/scans/readSequences.ts'
import { planScan } from '../../../../src/main/scans/scanPlan.ts'
import { codesOf } from '../../../../src/shared/dna/bases.ts'
import { scanOptionsSchema, type ScanOptions } from '../../../../src/shared/domain/scan.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'

const folder = mkdtempSync(join(tmpdir(), 'bad input-'))
afterAll(() => rmSync(folder, { recursive: true }))

const frame = { length: 40, adapters: 'keep', prefix: codesOf('AGGACC'), suffix: codesOf('TGAACC') } as const
async function look(source: Source, asked: Partial<ScanOptions> = {}) {
  const options = scanOptionsSchema.parse(asked)
  const sequences = await openSequences(source, folder, options)
  try {
    const waiting = { signal: new AbortController().signal, progress: () => {} }
    return await preflight(sequences, planScan(frame, options, null), { ambiguousBases: 'zeros' }, waiting)
  } finally {
    await sequences.close()
  }
}
const text = (content: string): Source => ({ kind: 'text', text: content, name: 'mine.fa' })
function file(content: string | Uint8Array): Source {
  const path = join(folder, 'mine.fa')
  writeFileSync(path, content)
  return { kind: 'path', path }
}
const good = 'ACGTTGCATGCCATGGATTACGGATTCA'
const many = Array.from(
  { length: 20_000 },
  (_, i) => `>s${i}\n${good.slice(i % 8)}${i.toString(2).replaceAll('0', 'A').replaceAll('1', 'C')}\n`,
)

describe('a record that cannot be scored', () => {
  it.each<[string, string, Partial<ScanOptions>, number, string]>([
    ['protein', 'MKEELLVAEMEEK\nLLVAEMEEK', {}, 4, 'E is not a DNA letter. This looks like protein.'],
    [
      'protein in letters that may be DNA',
      'HARKSRDKVSWYRKSRDKVSWY',
      {},
      4,
      'More than half of the letters are ambiguous. This looks like protein.',
    ],
    ['a gap', 'ACGTTGCATG-CATGGATTACGG', {}, 4, '- is not a DNA letter. Gaps of an alignment have to be taken out first.'],
    ['a space', 'ACGTTGCATG CATGGATTACGG', {}, 4, 'A space is not a DNA letter.'],
    ['a digit in its second line', `${good}\nACG7`, {}, 5, '7 is not a DNA letter.'],
    ['nothing', '', {}, 3, 'There is no sequence.'],
    ['too few bases', 'ACGTACGTAC', {}, 3, 'It is 10 bases long; nothing shorter than 20 is scored.'],
    ['too many N', `ACGTACGT${'N'.repeat(20)}`, {}, 3, '20 of its 28 letters are not A, C, G or T.'],
    [
      'too short, where those are skipped',
      good.slice(0, 25),
      { short: 'skip' },
      3,
      'It is shorter than the 28 bases that the model reads.',
    ],
    ['too long, where those are skipped', good + good, { long: 'skip' }, 3, 'It is longer than the 28 bases that the model reads.'],
    ['taken out', good, { skip: [3] }, 3, 'You took it out.'],
  ])('says where and why: %s', async (_what, sequence, asked, line, reason) => {
    const found = await look(text(`>fine\n${good}\n>bad one\n${sequence}\n`), asked)
    expect(found.skipped).toEqual([{ name: 'bad one', line, reason }])
    expect(found.notes[0]).toEqual({ level: 'warning', count: 1, message: `bad one, line ${line}: ${reason} The other sequence is fine.` })
    expect(found).toMatchObject({ records: 2, scorable: 1 })
  })

  it('says that a name is missing, in FASTA and in a table', async () => {
    expect((await look(text(`>\n${good}\n`))).skipped).toEqual([{ name: '', line: 1, reason: 'The sequence has no name.' }])
    const table = await look(text(`name,sequence\na,${good}\n,${good}\n`))
    expect(table.skipped).toEqual([{ name: '', line: 3, reason: 'The sequence has no name.' }])
  })

  it('names the line of the letter in GenBank too', async () => {
    const record = `LOCUS       AB1  24 bp DNA\nDEFINITION  x\nORIGIN\n        1 ${good}\n       29 acgtEcgt\n//\n`
    expect((await look(text(record))).skipped).toEqual([{ name: 'AB1', line: 5, reason: 'E is not a DNA letter.' }])
  })
})

describe('a file that cannot be read', () => {
  const gzipped = gzipSync(many.join(''))
  it.each<[string, Source | (() => Source), string]>([
    ['nothing', text(''), 'mine.fa is empty.'],
    ['blank lines alone', text('\n \n\n'), 'mine.fa'],
    ['a name between sequences', text(`${good}\n>a\n${good}\n`), 'mine.fa, line 2: here is a name, but the first sequence has none.'],
    ['a table without sequences', text('name,score\na,1\nb,2\n'), 'mine.fa is a table, and none of its columns holds DNA sequences.'],
    ['places without a genome', text('chr1\t1\t50\n'), 'mine.fa holds places on a genome, and no sequences.'],
    [
      'GenBank without a locus',
      text(`LOCUS AB1\nORIGIN\n1 acgt\n//\nORIGIN\n`),
      'mine.fa, line 5: a record of a GenBank file begins with a line LOCUS.',
    ],
    [
      'the line ends of old Macs',
      text(`>a\r${good}\r>b\r${good}\r`),
      'mine.fa has the line ends of old Macs, so it reads as one long line.',
    ],
    ['a PDF', () => file('%PDF-1.7 …'), 'mine.fa is a PDF, not text that the workbench can read.'],
    ['a picture', () => file(Buffer.from('\x89PNG', 'latin1')), 'mine.fa is a picture, not text that the workbench can read.'],
    ['a ZIP archive', () => file(Buffer.from('PK\x03\x04rest', 'latin1')), 'mine.fa'],
    ['a web page', () => file('<!doctype html><p>Sign in'), 'mine.fa is a web page, not text that the workbench can read.'],
    [
      'gzip that was cut short',
      () => file(gzipped.subarray(0, gzipped.length / 2)),
      'mine.fa ends too early: the compressed file was cut short. What was scored until then is kept.',
    ],
    [
      'gzip that is damaged',
      () => file(damaged(gzipped)),
      'mine.fa is damaged: it cannot be decompressed. What was scored until then is kept.',
    ],
    ['a folder', { kind: 'path', path: folder }, 'is a folder.'],
    ['nowhere', { kind: 'path', path: join(folder, 'nowhere.fa') }, 'There is no file nowhere.fa.'],
    ['an upload that is gone', { kind: 'upload', upload: '0123456789abcdef', name: 'mine.fa' }, 'mine.fa is not there any more.'],
    [
      'two encodings',
      () => file(Buffer.concat([Buffer.from(`>é\n${good}\n>`), Buffer.from([0xe9]), Buffer.from(`\n${good}\n`)])),
      'mine.fa, line 3: a letter is not in UTF-8',
    ],
  ])('is refused in words that name it: %s', async (_what, source, message) => {
    const fault: unknown = await look(typeof source === 'function' ? source() : source).catch((reason: unknown) => reason)
    expect(fault).toMatchObject({
      message: expect.stringContaining(message) as string,
      details: { hint: expect.stringMatching(/\.$/) as string },
    })
    expect((fault as Error).message).not.toContain('Nothing was changed')
  })

  function damaged(bytes: Uint8Array): Uint8Array {
    const copy = bytes.slice()
    copy.fill(0xff, copy.length >> 1, (copy.length >> 1) + 400)
    return copy
  }
})

describe('windows', () => {
  it('are said to be read at their middles, padded, or without adapters where they are not of the model’s length', async () => {
    const message = async (windowLength: number | null) =>
      (await look(text(`>long\n${good.repeat(4)}\n`), { windowLength })).classes.find(({ kind }) => kind === 'windows')!.message
    expect(await message(null)).toContain('windows of 28 bases, one every 20.')
    expect(await message(50)).toContain('windows of 50 bases, of each of which the middle 28 are read, one every 20.')
    expect(await message(24)).toContain('windows of 24 bases, each padded to 28, one every 20.')
    expect(await message(40)).toContain('windows of 40 bases, read without the construct’s adapters, one every 20.')
  })
})
