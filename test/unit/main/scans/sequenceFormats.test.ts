import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openSequences } from '../../../../src/main/scans/readSequences.ts'
import { decodeBases, encodeBases } from '../../../../src/shared/dna/bases.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import type { ScanOptions } from '../../../../src/shared/domain/scan.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'

const folder = mkdtempSync(join(tmpdir(), 'formats-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const text = (content: string, name = 'given'): Source => ({ kind: 'text', text: content, name })
function file(name: string, content: string | Uint8Array): Source {
  const path = join(folder, name)
  writeFileSync(path, content)
  return { kind: 'path', path }
}

async function read(source: Source, asked: Partial<Pick<ScanOptions, 'columns' | 'genome'>> = {}) {
  const opened = await openSequences(source, folder, { columns: null, genome: null, long: 'windows', ...asked })
  try {
    const records: [string, number, string][] = []
    for await (const batch of opened.batches) {
      for (const { name, line, codes, problem, piece } of batch) {
        const written = problem ? problem.message : decodeBases(codes)
        if (piece && !piece.first) records.at(-1)![2] += written
        else records.push([name, line, written])
      }
    }
    return { layout: opened.layout, taken: opened.table?.taken, records }
  } finally {
    await opened.close()
  }
}

describe('openSequences', () => {
  it('reads FASTA packed or not, in either case, as RNA, with Windows line ends and blank lines', async () => {
    const content = '>a b\r\nacgu\r\n\r\nACGN\r\n>\r\nAC\r\n>a b\r\nRYK\r\n'
    const expected = [
      ['a b', 1, 'ACGTACGN'],
      ['', 5, 'The sequence has no name.'],
      ['a b', 7, 'RYK'],
    ]
    for (const source of [text(content), file('x.fas', content), file('x.fna', gzipSync(content))]) {
      expect(await read(source)).toMatchObject({ layout: 'fasta', records: expected })
    }
  })

  it('finds the columns of a table by their names, or by what is in them', async () => {
    expect(await read(text('score,Oligo,id\n1,ACGTACGTAC,x\n2,TTTTACGTAC,y\n'))).toEqual({
      layout: 'table',
      taken: { name: 'id', sequence: 'Oligo' },
      records: [
        ['x', 2, 'ACGTACGTAC'],
        ['y', 3, 'TTTTACGTAC'],
      ],
    })
    expect(await read(text('what\twhere\tit\np1\tACGTACGTAA\t5\np2\tACGTACGTAC\t5\n'))).toMatchObject({
      taken: { name: 'what', sequence: 'where' },
    })
    expect(await read(text('Well,Design name,Oligo sequence\nA1,d1,ACGTACGTAA\nA2,d2,ACGTACGTAC\n'))).toMatchObject({
      taken: { name: 'Design name', sequence: 'Oligo sequence' },
    })
    expect(await read(text('Well,Gene name,Oligo sequence\nA1,GATA1,ACGTACGTAA\nA2,GATA1,ACGTACGTAC\n'))).toMatchObject({
      taken: { name: 'Well', sequence: 'Oligo sequence' },
    })
    expect(await read(text('p1\tACGTACGTAA\np2\tACGTACGTAC\n'))).toMatchObject({ taken: { name: 'Column 1', sequence: 'Column 2' } })
    expect(await read(text('sequence\nACGTACGTAC\nLMKPV\n'))).toEqual({
      layout: 'table',
      taken: { name: null, sequence: 'sequence' },
      records: [
        ['line 2', 2, 'ACGTACGTAC'],
        ['line 3', 3, 'L is not a DNA letter. This looks like protein.'],
      ],
    })
  })

  it('takes the columns that it is told to, and says where there are none', async () => {
    const table = text('a\tb\tc\nx\tACGTACGTAC\tTTTTTTTTTT\n', 'mine.tsv')
    expect((await read(table, { columns: { name: 'a', sequence: 'c' } })).records).toEqual([['x', 2, 'TTTTTTTTTT']])
    await expect(read(table, { columns: { name: null, sequence: 'd' } })).rejects.toThrow('mine.tsv has no column d.')
  })

  it('reads a workbook of Excel, the first of its sheets that holds sequences', async () => {
    const path = fileURLToPath(new URL('../../../fixtures/workbooks/table.xlsx', import.meta.url))
    expect(await read({ kind: 'path', path })).toEqual({
      layout: 'table',
      taken: { name: 'name', sequence: 'sequence' },
      records: [
        ['enh <1>', 2, 'ACGTACGTACGTACGTACGTAC'],
        ['enh_é', 3, 'ACGTACGTACGTACGTACGTAA'],
        ['2026-09-02', 4, 'ACGTACGTACGTACGTACGTAG'],
        ['last', 5, 'ACGTACGTACGTACGTACGTAT'],
        ['after empty rows', 9, 'ACGTACGTACGTACGTACGTCC'],
      ],
    })
    // By its bytes, whatever its name, and as an upload too.
    const upload = '00000000-0000-4000-8000-00000000000a'
    writeFileSync(join(folder, upload), readFileSync(path))
    expect((await read({ kind: 'upload', upload, name: 'mine.fa' })).records).toHaveLength(5)
    await expect(read({ kind: 'path', path }, { columns: { name: null, sequence: 'nothing' } })).rejects.toThrow(
      'table.xlsx has no column nothing.',
    )
  })

  it('reads GenBank', async () => {
    const record = (name: string) =>
      `LOCUS       ${name}  24 bp DNA\nDEFINITION  x\nFEATURES\nORIGIN\n        1 acgtacgtac gtacgt\n       17 acgtnnnn\n//\n`
    expect(await read(text(record('AB1') + record('AB2')))).toEqual({
      layout: 'genbank',
      taken: undefined,
      records: [
        ['AB1', 1, 'ACGTACGTACGTACGTACGTNNNN'],
        ['AB2', 8, 'ACGTACGTACGTACGTACGTNNNN'],
      ],
    })
  })

  it('cuts the places of a BED file from a genome, on their strands', async () => {
    const genome = file('genome.fa', '>chr1 one\nACGTAC\nGTTTGG\n>chr2\nCCCC\n')
    const bed = 'track name=x\nchr1\t2\t8\tpeak\t0\t+\nchr1\t2\t8\t.\t0\t-\nchr2\t0\t5\nchr3\t0\t1\nchr1\t4\t4\n'
    const { layout, records } = await read(text(bed.replaceAll(/^(chr\S+\t\d+\t\d+)$/gm, '$1\tn\t0\t+'), 'x.bed'), { genome })
    expect(layout).toBe('bed')
    expect(records).toEqual([
      ['peak', 2, 'GTACGT'],
      ['chr1:2-8', 3, 'ACGTAC'],
      ['n', 4, 'It ends at 5, and chr2 at 4.'],
      ['n', 5, 'genome.fa has no chr3.'],
      ['n', 6, 'It ends at 4, not after its start at 4.'],
    ])
    await expect(read(text(bed, 'x.bed'))).rejects.toThrow('x.bed holds places on a genome, and no sequences.')
  })

  it('reads a sequence of any length, in one line or in many, in pieces that are all of it', async () => {
    const long = 'ACGTTGCA'.repeat(400_000)
    const lines = long.replaceAll(/.{70}/g, '$&\n')
    for (const content of [`>a\nAC\n>long\n${long}\n>b\nGT\n`, `>a\nAC\n>long\n${lines}\n>b\nGT`]) {
      const { records } = await read(file('long.fa', content))
      expect(records.map(([name, , { length }]) => [name, length])).toEqual([
        ['a', 2],
        ['long', long.length],
        ['b', 2],
      ])
      expect(records[1]![2] === long).toBe(true)
    }
    const { records } = await read(file('long.txt', `${long}\nACGT\n${long}`))
    expect(records.map(([name, line, written]) => [name, line, written.length])).toEqual([
      ['line 1', 1, long.length],
      ['line 2', 2, 4],
      ['line 3', 3, long.length],
    ])
  })

  it('never fails but in words, and never takes for DNA what is none', async () => {
    const letters = fc.constantFrom(
      ...'ACGTacgtNU',
      ...'>\n\r\t ,;"\'-.*EFé',
      'ACGTACGTAC',
      '>x\n',
      '\n',
      'LOCUS x\n',
      'ORIGIN\n',
      '//\n',
      'chr1\t1\t5\n',
    )
    const anything = fc.oneof(
      fc.array(letters, { maxLength: 30 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        try {
          const opened = await openSequences(text(content), folder, { columns: null, genome: null, long: 'windows' })
          for await (const batch of opened.batches) {
            for (const { sequence, codes, problem } of batch) {
              if (problem) {
                expect(codes.length).toBe(0)
                expect(problem.message).toMatch(/\.$/)
              } else {
                const again = encodeBases(sequence)
                expect('codes' in again && Buffer.compare(again.codes, codes) === 0).toBe(true)
                expect(sequence).toMatch(/^[ACGTUMRWSYKVHDBN]+$/i)
              }
            }
          }
        } catch (fault) {
          expect(fault).toBeInstanceOf(WorkbenchError)
        }
      }),
      { numRuns: 10_000, endOnFailure: true },
    )
  })
})
