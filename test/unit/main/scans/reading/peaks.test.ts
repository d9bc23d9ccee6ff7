import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callPeaks } from '../../../../../src/main/scans/reading/callPeaks.ts'
import { peakThreshold } from '../../../../../src/main/scans/reading/peakThreshold.ts'
import { readPeaks } from '../../../../../src/main/scans/reading/readPeaks.ts'
import { selectRank } from '../../../../../src/main/scans/reading/selectRank.ts'
import { peakRuleSchema } from '../../../../../src/shared/domain/locus.ts'
import { countWindows, windowStart } from '../../../../../src/shared/dna/windows.ts'
import { makeScan, never, type MadeScan } from './scanFixture.ts'

const columns = [
  { key: 'a', model: 0, cellType: 'a' },
  { key: 'b', model: 0, cellType: 'b' },
]

const sequence = fc
  .record({
    length: fc.integer({ min: 31, max: 600 }),
    window: fc.integer({ min: 1, max: 30 }),
    stride: fc.integer({ min: 1, max: 60 }),
    mergeDistance: fc.integer({ min: 0, max: 80 }),
    piece: fc.integer({ min: 1, max: 9 }),
  })
  .chain((shape) => {
    const windows = countWindows(shape.length, { length: shape.window, stride: shape.stride })
    const score = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Number.NaN))
    return fc.record({
      shape: fc.constant({ ...shape, windows }),
      scores: fc.array(score, { minLength: 2 * windows, maxLength: 2 * windows }).map((values) => Float32Array.from(values)),
    })
  })

describe('callPeaks', () => {
  it('holds every active window in one peak, apart by more than the merge distance, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async ({ shape, scores }) => {
        const { length, windows, mergeDistance, piece } = shape
        const layout = { length: shape.window, stride: shape.stride }
        const pieces = []
        for (let first = 0; first < windows; first += piece) pieces.push({ first, scores: scores.slice(2 * first, 2 * (first + piece)) })
        const record = { position: 4, name: 'locus', length, windows }
        const peaks = await callPeaks(record, pieces, { layout, columns, column: 1, threshold: 3, mergeDistance })
        const active = Array.from({ length: windows }, (_, window) => ({
          start: windowStart(window, length, layout),
          window,
          score: scores[2 * window + 1]!,
        }))
          .map((one) => ({ ...one, end: one.start + layout.length }))
          .filter(({ score }) => score >= 3)
        expect(peaks.reduce((sum, peak) => sum + peak.windows, 0)).toBe(active.length)
        for (const [i, peak] of peaks.entries()) {
          const inside = active.filter(({ start, end }) => start >= peak.start && end <= peak.end)
          expect(peak).toMatchObject({ position: 4, sequence: 'locus', windows: inside.length })
          // Begins and ends with an active window, within the sequence.
          expect(inside[0]!.start).toBe(peak.start)
          expect(inside.at(-1)!.end).toBe(peak.end)
          expect(peak.start).toBeGreaterThanOrEqual(0)
          expect(peak.end).toBeLessThanOrEqual(length)
          const best = inside.reduce((a, b) => (b.score > a.score ? b : a))
          expect(peak.scores[1]).toBe(best.score)
          expect(peak.summit).toBe(best.start + Math.floor(layout.length / 2))
          const other = scores[2 * best.window]!
          expect(peak.scores[0]).toBe(other)
          expect(peak.specificity).toBe(best.score - other)
          if (i > 0) expect(peak.start - peaks[i - 1]!.end).toBeGreaterThan(mergeDistance)
          inside.slice(1).forEach(({ start }, at) => expect(start - inside[at]!.end).toBeLessThanOrEqual(mergeDistance))
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('selectRank', () => {
  it('is what sorting all of them gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.float({ noDefaultInfinity: false }), { maxLength: 20 }), { maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (parts, share) => {
          const pieces = parts.map((part) => Float32Array.from(part))
          const sorted = Float32Array.from(parts.flat().filter((value) => !Number.isNaN(value))).sort()
          const rankOf = (count: number) => Math.floor(share * (count - 1))
          const chosen = await selectRank(() => pieces, rankOf)
          expect(chosen).toBe(sorted.length === 0 ? Number.NaN : sorted[rankOf(sorted.length)])
        },
      ),
    )
  })
})

describe('the peaks of a scan', () => {
  let made: MadeScan
  const rule = (asked: object) => peakRuleSchema.parse({ column: 'HepG2', ...asked })
  beforeAll(() => {
    made = makeScan({ names: ['short', 'long', 'longer'], lengths: [30, 900, 2311], seed: 3 })
  })
  afterAll(() => made.close())

  it('are of all sequences that were cut, the highest first, by the percentile that the rule names', async () => {
    const {
      peaks,
      threshold,
      rule: words,
    } = await readPeaks(made.database, made.scan, null, rule({ percentile: 90, mergeDistance: 0 }), never)
    // Nine in ten of 200 shuffled sequences do not pass it.
    expect(threshold).toBe(made.shuffled[179])
    expect(words).toBe(
      `Windows of 50 bases, one every 10, are active where their HepG2 score is at least ${threshold.toFixed(3)}, the 90th percentile of the scores of ` +
        '200 shuffled sequences with the same dinucleotides; active windows with at most 0 bases between them are one peak.',
    )
    expect(new Set(peaks.map(({ sequence }) => sequence))).toEqual(new Set(['long', 'longer']))
    const heights = peaks.map(({ scores }) => scores[0]!)
    expect(heights).toEqual([...heights].sort((a, b) => b - a))
    const active = made.sequences.slice(1).flatMap(({ scores }) => [...scores].filter((score, i) => i % 3 === 0 && score >= threshold))
    expect(peaks.reduce((sum, { windows }) => sum + windows, 0)).toBe(active.length)
    const one = await readPeaks(made.database, made.scan, 2, rule({ percentile: 90, mergeDistance: 0 }), never)
    expect(one.peaks).toEqual(peaks.filter(({ position }) => position === 2))
  })

  it('take the scan’s own windows as the measure where that is asked', async () => {
    const own = made.sequences.slice(1).flatMap(({ scores }) => [...scores].filter((_, i) => i % 3 === 1))
    const sorted = Float32Array.from(own).sort()
    const { threshold } = await peakThreshold(made.database, made.scan, rule({ column: 'K562', percentile: 75, against: 'windows' }), never)
    expect(threshold).toBe(sorted[Math.ceil(0.75 * sorted.length) - 1])
  })

  it('say what is missing', async () => {
    await expect(peakThreshold(made.database, made.scan, rule({ against: 'training' }), never)).rejects.toThrow(
      'no activities to compare with',
    )
    await expect(peakThreshold(made.database, made.scan, rule({ column: 'HeLa' }), never)).rejects.toThrow(
      'The scores have no column HeLa.',
    )
    const short = makeScan({ names: ['a'], lengths: [40] })
    await expect(peakThreshold(short.database, short.scan, rule({}), never)).rejects.toThrow('No sequence of my scan was cut into windows')
    short.close()
  })
})
