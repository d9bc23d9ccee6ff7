import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { annotateScan } from '../../../../../src/main/scans/reading/annotateScan.ts'
import { readFeatures, type NamedFeature } from '../../../../../src/main/scans/reading/readFeatures.ts'
import { readLocus } from '../../../../../src/main/scans/reading/readLocus.ts'
import { scoreHistogram } from '../../../../../src/main/scans/reading/scoreHistogram.ts'
import { withSource } from '../../../../../src/main/files/openSource.ts'
import { decodeBases } from '../../../../../src/shared/dna/bases.ts'
import { shareOfGc } from '../../../../../src/shared/dna/gc.ts'
import { windowStart } from '../../../../../src/shared/dna/windows.ts'
import { makeScan, never, type MadeScan } from './scanFixture.ts'

let made: MadeScan
beforeAll(() => {
  made = makeScan({ names: ['one piece', 'chr1', 'chr2'], lengths: [41, 1003, 5021], windowLength: 51, stride: 7, seed: 9 })
})
afterAll(() => made.close())

const source = (text: string) => ({ kind: 'text', text, name: 'genes.gff3' }) as const
const annotate = (text: string) => withSource(source(text), '', (opened) => annotateScan(made.database, made.scan, opened, never))

describe('a locus', () => {
  it('has in each bin the lowest, mean and highest of the windows whose middles are in it, and the GC of its bases', async () => {
    const stretch = fc.tuple(
      fc.constantFrom(1, 2),
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 1, max: 4100 }),
      fc.integer({ min: 1, max: 300 }),
    )
    await fc.assert(
      fc.asyncProperty(stretch, async ([position, from, span, asked]) => {
        const { codes, scores, windows } = made.sequences[position]!
        const to = Math.min(codes.length, from + span)
        const locus = await readLocus(made.database, made.scan, { position, from, to, bins: asked }, never)
        const bins = Math.min(asked, to - from)
        expect(locus).toMatchObject({ position, from, to, length: codes.length, windowLength: 51, stride: 7 })
        expect(locus.at).toHaveLength(bins)
        const binOf = (base: number) => Math.floor(((base - from) * bins) / (to - from))
        const inBins: number[][] = Array.from({ length: bins }, () => [])
        for (let window = 0; window < windows; window++) {
          const middle = windowStart(window, codes.length, { length: 51, stride: 7 }) + 25
          if (middle >= from && middle < to) inBins[binOf(middle)]!.push(scores[window * 3 + 2]!)
        }
        const { low, mean, high } = locus.tracks[2]!
        for (const [bin, inside] of inBins.entries()) {
          expect(low[bin]).toBe(inside.length > 0 ? Math.min(...inside) : Number.NaN)
          expect(high[bin]).toBe(inside.length > 0 ? Math.max(...inside) : Number.NaN)
          if (inside.length > 0) expect(mean[bin]).toBeCloseTo(inside.reduce((sum, value) => sum + value, 0) / inside.length, 5)
          else expect(mean[bin]).toBeNaN()
          const bases = codes.slice(from, to).filter((_, i) => binOf(from + i) === bin)
          expect(locus.gc[bin]).toBe(Math.fround(shareOfGc(bases)))
        }
        expect(locus.bases).toBe(to - from <= 2000 ? decodeBases(codes.subarray(from, to)) : null)
      }),
      { numRuns: 60 },
    )
  })

  it('shows a sequence that was scored in one piece as one window', async () => {
    const { tracks, windowLength, bases } = await readLocus(made.database, made.scan, { position: 0, from: 0, bins: 10 }, never)
    expect(windowLength).toBe(41)
    expect([...tracks[0]!.mean].filter((value) => !Number.isNaN(value))).toEqual([made.sequences[0]!.scores[0]])
    expect(bases).toBe(decodeBases(made.sequences[0]!.codes))
  })

  it('refuses what is not in it', async () => {
    await expect(readLocus(made.database, made.scan, { position: 1, from: 1003, bins: 10 }, never)).rejects.toThrow('chr1 has 1003 bases')
    await expect(readLocus(made.database, made.scan, { position: 3, from: 0, bins: 10 }, never)).rejects.toThrow('has no sequence number 4')
  })
})

describe('the histogram of a scan', () => {
  it('counts each window, each sequence without windows, and each shuffled sequence once', async () => {
    const { from, width, scores, shuffled, training } = await scoreHistogram(made.database, made.scan, 'K562', never)
    const values = made.sequences.flatMap((sequence) => [...sequence.scores].filter((_, i) => i % 3 === 1))
    const counts = (of: readonly number[]) =>
      scores.map((_, bin) => of.filter((value) => Math.floor(value / width) === Math.round(from / width) + bin).length)
    expect(scores).toEqual(counts(values))
    expect(shuffled).toEqual(counts([...made.shuffled]))
    expect(training).toBeNull()
  })
})

async function featuresOf(text: string): Promise<NamedFeature[]> {
  return withSource(source(text), '', async (opened) => {
    const all: NamedFeature[] = []
    for await (const features of readFeatures(opened)) all.push(...features)
    return all
  })
}

describe('annotations', () => {
  it('are read from GFF3, GTF and BED, counted as in BED', async () => {
    expect(
      await featuresOf(
        '##gff-version 3\r\n# words\r\nchr%201\t.\tgene\t11\t20\t.\t-\t.\tID=g1;Name=alpha%2C beta\r\nchr1\tx\texon\t1\t1\t0\t+\t.\t.\r\n##FASTA\r\n>chr1\r\nACGT\r\n',
      ),
    ).toEqual([
      { sequence: 'chr 1', start: 10, end: 20, strand: '-', name: 'alpha, beta', type: 'gene' },
      { sequence: 'chr1', start: 0, end: 1, strand: '+', name: '', type: 'exon' },
    ])
    expect(await featuresOf('chr1\tHAVANA\tgene\t5\t9\t.\t+\t.\tgene_id "ENSG1"; gene_name "SORT1";\n')).toMatchObject([
      { start: 4, end: 9, name: 'SORT1' },
    ])
    expect(await featuresOf('track name=x\nchr1 0 5\nchr2\t3\t9\tpeak one\t0\t-\n')).toEqual([
      { sequence: 'chr1', start: 0, end: 5, strand: '.', name: '', type: 'BED' },
      { sequence: 'chr2', start: 3, end: 9, strand: '-', name: 'peak one', type: 'BED' },
    ])
  })

  it.each([
    ['>chr1\nACGT\n', 'genes.gff3, line 1: this is a sequence, not a feature.'],
    ['name\tvalue\n', 'genes.gff3, line 1: this is neither GFF3 nor BED.'],
    ['chr1\t0\t5\nchr1\t9\t5\n', 'genes.gff3, line 2: it starts at 9 and ends at 5.'],
    ['chr1\t0\t5\nchr1\tx\t5\n', 'genes.gff3, line 2: the second and third column of a BED line are start and end, whole numbers.'],
    ['chr1\t.\tgene\t0\t5\t.\t+\t.\tID=a\n', 'genes.gff3, line 1: it starts at 0 and ends at 5.'],
    ['chr1\t.\tgene\t1\t5\t.\t+\t.\tID=a\nchr1\t.\tgene\t1\t5\n', 'genes.gff3, line 2: a GFF3 line has 9 columns, this has 5.'],
    ['# nothing\n', 'genes.gff3 holds no features.'],
  ])('are refused in words: %j', async (text, message) => {
    await expect(featuresOf(text)).rejects.toThrow(message)
  })

  it('stand beside the sequences of their names, byte for byte, and take the place of those before', async () => {
    expect(await annotate('chr1\t10\t20\told\n')).toEqual({ features: 1, sequences: 1, unmatched: 0 })
    expect(await annotate('chr1\t990\t2000\tlast\nchr1\t100\t300\tgene\nchr3\t0\t9\nCHR1\t0\t9\nchr2\t9000\t9001\tbeyond\n')).toEqual({
      features: 2,
      sequences: 1,
      unmatched: 3,
    })
    const seen = async (from: number, to: number) =>
      (await readLocus(made.database, made.scan, { position: 1, from, to, bins: 5 }, never)).annotations.map(({ name, start, end }) => [
        name,
        start,
        end,
      ])
    expect(await seen(0, 1003)).toEqual([
      ['gene', 100, 300],
      ['last', 990, 1003],
    ])
    expect(await seen(300, 990)).toEqual([])
    expect(await seen(299, 300)).toEqual([['gene', 100, 300]])
    await expect(annotate('chrX\t0\t9\n')).rejects.toThrow(
      'None of the 1 feature of genes.gff3 is on a sequence of this scan: the file names chrX, the scan one piece.',
    )
    expect(await seen(0, 1003)).toHaveLength(2)
  })
})
