import { BigWig } from '@gmod/bbi'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportScan, type ExportAsked } from '../../../../../src/main/scans/exporting/exportScan.ts'
import { readPeaks } from '../../../../../src/main/scans/reading/readPeaks.ts'
import { readScorePage } from '../../../../../src/main/scans/reading/queryScores.ts'
import { readFeatures } from '../../../../../src/main/scans/reading/readFeatures.ts'
import { withSource } from '../../../../../src/main/files/openSource.ts'
import { readFasta } from '../../../../../src/main/files/readFasta.ts'
import { peakRuleSchema } from '../../../../../src/shared/domain/locus.ts'
import { scoreQuerySchema, type Score } from '../../../../../src/shared/domain/scan.ts'
import { decodeBases } from '../../../../../src/shared/dna/bases.ts'
import { windowStart } from '../../../../../src/shared/dna/windows.ts'
import { CELL_TYPES, makeScan, never, type MadeScan } from '../reading/scanFixture.ts'

const NAMES = ['C:SLEA_hg18:chr2:1-9|66:V_A;90:V_B_Reversed:', 'chr1', '=1+2', '1e5', ' with  spaces é', '"quoted"', 'chr10', '00012']
const LENGTHS = [50, 1204, 33, 50, 12, 50, 777, 90]
const WINDOW = 50
const STRIDE = 9

let made: MadeScan
let rows: Score[]
beforeAll(async () => {
  made = makeScan({ names: NAMES, lengths: LENGTHS, windowLength: WINDOW, stride: STRIDE, seed: 5, chunk: 3 })
  rows = (await readScorePage(made.database, made.scan, { ...scoreQuerySchema.parse({}), offset: 0, limit: 100 }, never)).scores
})
afterAll(() => made.close())

async function exported(
  asked: Partial<ExportAsked> & Pick<ExportAsked, 'format'>,
  from = made,
): Promise<{ fileName: string; bytes: Uint8Array; text: string }> {
  const file = await exportScan(from.database, from.scan, { ...scoreQuerySchema.parse({}), ...asked }, never, () => {})
  return { ...file, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes) }
}
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

describe('TSV', () => {
  it('has name, length and the cell types first, then the rest; names byte for byte, scores exact', async () => {
    const { fileName, text } = await exported({ format: 'tsv' })
    expect(fileName).toBe('my_scan.tsv')
    const [header, ...lines] = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(header!.slice(0, 6)).toEqual(['name', 'length', ...CELL_TYPES, 'target'])
    expect(header!.slice(6)).toEqual([
      ...CELL_TYPES.map((key) => `specificity ${key}`),
      ...CELL_TYPES.map((key) => `percentile ${key}`),
      ...CELL_TYPES.map((key) => `above shuffled ${key}`),
      ...['fitted', 'windows', 'gc', 'distance', 'flags', 'line'],
    ])
    expect(lines.map(([name]) => name)).toEqual(NAMES.map((name) => (name === '"quoted"' ? '"""quoted"""' : name)))
    lines.forEach((cells, i) => {
      expect(cells).toHaveLength(header!.length)
      expect(cells.slice(2, 5).map((cell) => Math.fround(Number(cell)))).toEqual(rows[i]!.scores)
      expect(cells[5]).toBe('log2(RNA/DNA)')
      expect(cells.at(-6)).toBe(rows[i]!.fitted ?? '')
      expect(Number(cells.at(-5))).toBe(rows[i]!.windows)
    })
  })

  it('says so where the scores are specificity, and keeps what is asked for in its order', async () => {
    const other = makeScan({ names: ['a', 'b', 'c', 'd'], lengths: [50, 50, 50, 50], target: 'specificity' })
    const { text } = await exported({ format: 'tsv', sort: { by: 'name', descending: true }, unflagged: true }, other)
    const lines = text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
    expect(lines.map((cells) => [cells[0], cells[5]])).toEqual([
      ['c', 'specificity'],
      ['b', 'specificity'],
      ['a', 'specificity'],
    ])
    other.close()
  })
})

describe('XLSX', () => {
  it('has the same cells; names are text, whatever they look like', async () => {
    const { fileName, bytes } = await exported({ format: 'xlsx' })
    expect(fileName).toBe('my_scan.xlsx')
    const sheets = await readWorkbook(Buffer.from(bytes), { trim: false })
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Scores', 'About'])
    const [header, ...cells] = sheets[0]!.data
    expect(header!.slice(0, 6)).toEqual(['name', 'length', ...CELL_TYPES, 'target'])
    expect(cells.map(([name]) => name)).toEqual(NAMES)
    cells.forEach((row, i) => expect(row.slice(2, 5).map((value) => Math.fround(value as number))).toEqual(rows[i]!.scores))
    expect(sheets[1]!.data).toContainEqual(['target', 'log2(RNA/DNA)'])
  })
})

describe('FASTA', () => {
  it('begins each header with the name as it was, and is read again as the same sequences', async () => {
    const { fileName, text } = await exported({ format: 'fasta' })
    expect(fileName).toBe('my_scan.fa')
    const read: { name: string; sequence: string }[] = []
    await withSource({ kind: 'text', text, name: fileName }, '', async (opened) => {
      for await (const { name, sequence } of readFasta(opened)) read.push({ name, sequence })
    })
    expect(read.map(({ sequence }) => sequence)).toEqual(made.sequences.map(({ codes }) => decodeBases(codes)))
    read.forEach(({ name }, i) => {
      expect(name.startsWith(`${NAMES[i]} HepG2=`)).toBe(true)
      const marks = name.slice(NAMES[i]!.length + 1).split(' ')
      expect(marks.map((mark) => Math.fround(Number(mark.split('=')[1])))).toEqual(rows[i]!.scores)
    })
  })
})

describe('BED and GFF3', () => {
  const stretches = () =>
    made.sequences.flatMap(({ name, codes, windows }) =>
      windows === 0
        ? [[name, 0, codes.length]]
        : Array.from({ length: windows }, (_, i) => {
            const start = windowStart(i, codes.length, { length: WINDOW, stride: STRIDE })
            return [name, start, start + WINDOW]
          }),
    )

  it('hold windows, and the sequences without them, where nothing else is asked: from 0 in the one, from 1 in the other', async () => {
    const bed = await exported({ format: 'bed', column: 'K562' })
    const lines = linesOf(bed.text).map((line) => line.split('\t'))
    expect(lines.map(([name, start, end]) => [name, Number(start), Number(end)])).toEqual(stretches())
    for (const [, , , name, score, strand] of lines) {
      expect(name).toMatch(/^K562=.*\|HepG2=.*\|WTC11=/)
      expect(Number.isInteger(Number(score)) && Number(score) >= 0 && Number(score) <= 1000).toBe(true)
      expect(strand).toBe('.')
    }
    const { text } = await exported({ format: 'gff3' })
    expect(text.startsWith('##gff-version 3\n')).toBe(true)
    expect(text).toContain('##sequence-region chr1 1 1204\n')
    expect(text).toContain('##sequence-region C:SLEA_hg18:chr2:1-9|66:V_A%3B90:V_B_Reversed: 1 50\n')
    const features = await withSource({ kind: 'text', text, name: 'a.gff3' }, '', async (opened) => {
      const all = []
      for await (const batch of readFeatures(opened)) all.push(...batch)
      return all
    })
    expect(features.map(({ sequence, start, end }) => [sequence, start, end])).toEqual(stretches())
    expect(linesOf(text)[1]!.split('\t').slice(3, 5)).toEqual(['1', '50'])
  })

  it('hold the peaks of a rule: the same stretches as on the page, in the order of the file', async () => {
    const rule = peakRuleSchema.parse({ column: 'WTC11', percentile: 80, mergeDistance: 5 })
    const { peaks, rule: words } = await readPeaks(made.database, made.scan, null, rule, never)
    const expected = peaks
      .toSorted((a, b) => a.position - b.position || a.start - b.start)
      .map(({ sequence, start, end, scores }) => ({ sequence, start, end, score: scores[2]! }))
    const bed = await exported({ format: 'bed', rule })
    expect(bed.fileName).toBe('my_scan_peaks.bed')
    expect(bed.text.split('\n')[0]).toBe(`# Peaks of my scan. ${words}`)
    const found = linesOf(bed.text).map((line) => line.split('\t'))
    expect(
      found.map(([sequence, start, end, name]) => ({
        sequence,
        start: Number(start),
        end: Number(end),
        score: Math.fround(Number(name!.split(/WTC11=|\|/)[2])),
      })),
    ).toEqual(expected)
    const gff = await exported({ format: 'gff3', rule })
    const lines = linesOf(gff.text).map((line) => line.split('\t'))
    expect(
      lines.map(([sequence, , , start, end, score]) => ({
        sequence,
        start: Number(start) - 1,
        end: Number(end),
        score: Math.fround(Number(score)),
      })),
    ).toEqual(expected)
    expect(new Set(lines.map(([, , , , , , , , attributes]) => /ID=([^;]+)/.exec(attributes!)![1])).size).toBe(expected.length)
  })

  it('refuse a name that would shift the columns of BED', async () => {
    const tabbed = makeScan({ names: ['a\tb'], lengths: [50] })
    await expect(exported({ format: 'bed' }, tabbed)).rejects.toThrow('The name a b has a tab in it')
    await expect(exported({ format: 'bedgraph', column: 'K562' }, tabbed)).rejects.toThrow('The name a b has a tab in it')
    expect((await exported({ format: 'gff3' }, tabbed)).text).toContain('\na%09b\t')
    tabbed.close()
  })

  it('keep a name with a line break, as a cell of a table may have, where that can be read back', async () => {
    const broken = makeScan({ names: ['a\nb'], lengths: [50] })
    await expect(exported({ format: 'bed' }, broken)).rejects.toThrow('The name a b has a line break in it')
    await expect(exported({ format: 'fasta' }, broken)).rejects.toThrow('The name a b has a line break in it')
    expect((await exported({ format: 'gff3' }, broken)).text).toContain('\na%0Ab\t')
    expect((await exported({ format: 'tsv' }, broken)).text).toContain('\n"a\nb"\t50\t')
    broken.close()
  })
})

/** What a track of a column is: stretches around the middles of windows. */
function trackOf(c: number) {
  return made.sequences.flatMap(({ name, codes, windows, scores }) => {
    if (windows === 0) return [{ name, start: 0, end: codes.length, score: scores[c]! }]
    const middles = Array.from({ length: windows }, (_, i) => windowStart(i, codes.length, { length: WINDOW, stride: STRIDE }) + 25)
    const edges = [
      middles[0]! - 4,
      ...middles.slice(1).map((middle, i) => Math.ceil((middle + middles[i]!) / 2)),
      Math.min(codes.length, middles.at(-1)! + 5),
    ]
    return middles.map((_, i) => ({ name, start: edges[i]!, end: edges[i + 1]!, score: scores[3 * i + c]! }))
  })
}

describe('bedGraph and bigWig', () => {
  it('hold the scores of one column around the middles of the windows', async () => {
    const { fileName, text } = await exported({ format: 'bedgraph', column: 'K562' })
    expect(fileName).toBe('my_scan_K562.bedgraph')
    const lines = linesOf(text).map((line) => line.split('\t'))
    expect(
      lines.map(([name, start, end, score]) => ({ name, start: Number(start), end: Number(end), score: Math.fround(Number(score)) })),
    ).toEqual(trackOf(1))
    await expect(exported({ format: 'bedgraph' })).rejects.toThrow('A track holds the scores of one cell type.')
  })

  it('are read back by a reader that is not ours', async () => {
    const { fileName, bytes } = await exported({ format: 'bigwig', column: 'WTC11' })
    expect(fileName).toBe('my_scan_WTC11.bw')
    const file = new BigWig({
      filehandle: {
        read: (length: number, at: number) => Promise.resolve(bytes.subarray(at, at + length)),
        readFile: () => Promise.resolve(bytes),
        stat: () => Promise.resolve({ size: bytes.byteLength }),
        close: () => Promise.resolve(),
      } as never,
    })
    for (const [i, name] of NAMES.entries()) {
      const features = (await file.getFeatures(name, 0, LENGTHS[i]!)) as { start: number; end: number; score: number }[]
      expect(features.map(({ start, end, score }) => ({ name, start, end, score }))).toEqual(trackOf(2).filter((one) => one.name === name))
    }
  })

  it('cannot hold two sequences of one name in a bigWig, and say so', async () => {
    const twins = makeScan({ names: ['a', 'b', 'a'], lengths: [50, 50, 50] })
    await expect(exported({ format: 'bigwig', column: 'K562' }, twins)).rejects.toThrow('Several sequences are called a')
    twins.close()
  })

  const python = process.env['TEST_PYTHON'] ?? 'python3'
  it.skipIf(!canImport(python, 'pyBigWig'))('are read back by pyBigWig (skipped where Python has none)', async () => {
    const { bytes } = await exported({ format: 'bigwig', column: 'HepG2' })
    const folder = mkdtempSync(join(tmpdir(), 'bigwig-'))
    try {
      writeFileSync(join(folder, 'a.bw'), bytes)
      const script = `import json, pyBigWig
f = pyBigWig.open('a.bw')
print(json.dumps({'header': f.header(), 'chroms': f.chroms(), 'intervals': {c: f.intervals(c) for c in f.chroms()}, 'means': {c: f.stats(c, exact=True)[0] for c in f.chroms()}}))`
      const read = JSON.parse(execFileSync(python, ['-c', script], { cwd: folder, encoding: 'utf8' })) as {
        header: { nBasesCovered: number }
        chroms: Record<string, number>
        intervals: Record<string, [number, number, number][]>
        means: Record<string, number>
      }
      expect(read.chroms).toEqual(Object.fromEntries(NAMES.map((name, i) => [name, LENGTHS[i]])))
      const track = trackOf(0)
      expect(NAMES.flatMap((name) => read.intervals[name]!.map(([start, end, score]) => ({ name, start, end, score })))).toEqual(track)
      expect(read.header.nBasesCovered).toBe(track.reduce((sum, { start, end }) => sum + end - start, 0))
      const own = track.filter(({ name }) => name === 'chr1')
      const bases = own.reduce((sum, { start, end }) => sum + end - start, 0)
      expect(read.means['chr1']).toBeCloseTo(own.reduce((sum, { start, end, score }) => sum + (end - start) * score, 0) / bases, 6)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function canImport(python: string, module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
