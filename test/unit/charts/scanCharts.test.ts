import { describe, expect, it } from 'vitest'
import {
  binNearest,
  locusHeight,
  locusOption,
  locusTable,
  roundRange,
  smoothedGc,
  type LocusDrawing,
} from '../../../src/charts/locusTracks.ts'
import { MOST_DRAWN, motifLanes, motifMarksHeight, motifMarksOption, motifSentence } from '../../../src/charts/motifMarks.ts'
import { medianOf, scoreHistogramOption, scoreHistogramSentence, scoreHistogramTable } from '../../../src/charts/scoreHistogram.ts'
import { darkInk, lightInk } from '../../../src/charts/ink.ts'
import { packLanes } from '../../../src/charts/packLanes.ts'
import type { Locus, MotifHit } from '../../../src/shared/domain/locus.ts'
import { renderSvg } from './renderSvg.ts'

const histogram = { column: 'HepG2', from: -1, width: 0.5, scores: [0, 2, 4, 2], training: [10, 10, 0, 0], shuffled: null }

describe('scoreHistogram', () => {
  it('tells the median to the exactness of its bins', () => {
    expect(medianOf(histogram, histogram.scores)).toBeCloseTo(0.25)
    expect(medianOf(histogram, histogram.training)).toBeCloseTo(-0.5)
    expect(medianOf(histogram, [0, 0])).toBeNull()
    expect(scoreHistogramSentence({ histogram, what: 'sequences' })).toBe(
      'The median score of 8 sequences in HepG2 is about 0.25, against −0.50 for the activities measured in the training part.',
    )
  })

  it('draws bars, and an outline for what is known beside', () => {
    const svg = renderSvg(scoreHistogramOption({ histogram, what: 'sequences', unit: 'log2 RNA/DNA' }, lightInk, 640), 640, 280)
    expect(svg).toContain('Scored sequences')
    expect(svg).toContain('Measured in the training part')
    expect(svg).not.toContain('Shuffled sequences')
  })

  it('is a table of a line a bin', () => {
    expect(scoreHistogramTable(histogram).rows[1]).toEqual(['HepG2', -0.5, 0, 2, 10, null])
  })
})

describe('packLanes', () => {
  it('puts no stretch over another, and says which found no lane', () => {
    const stretches = [
      { start: 5, end: 9 },
      { start: 0, end: 6 },
      { start: 6, end: 8 },
      { start: 7, end: 12 },
    ]
    expect(packLanes(stretches, 2)).toEqual([1, 0, 0, null])
    expect(packLanes(stretches, 3, 1)).toEqual([1, 0, 2, 0])
  })
})

function locusOf(more: Partial<Locus> = {}): Locus {
  const bins = 100
  const track = (shift: number) => Float32Array.from({ length: bins }, (_, i) => (i % 4 === 0 ? Math.sin(i / 9) + shift : Number.NaN))
  return {
    position: 0,
    name: 'locus & co',
    length: 2000,
    from: 0,
    to: 2000,
    stride: 80,
    windowLength: 200,
    at: Float32Array.from({ length: bins }, (_, i) => 10 + 20 * i),
    tracks: ['HepG2', 'K562'].map((column) => ({ column, low: track(-0.2), mean: track(0), high: track(0.2) })),
    gc: new Float32Array(bins).fill(0.4),
    bases: null,
    annotations: [
      { start: 100, end: 600, strand: '+', name: 'HBG1', type: 'gene' },
      { start: 500, end: 900, strand: '-', name: 'HBG2', type: 'gene' },
    ],
    ...more,
  }
}
const drawingOf = (locus: Locus, more: Partial<LocusDrawing> = {}): LocusDrawing => ({
  locus,
  view: { from: 0, to: 2000 },
  shown: ['HepG2', 'K562'],
  range: roundRange(-1.2, 1.2),
  called: { column: 'K562', threshold: 0.8, peaks: [{ start: 300, end: 520 }] },
  unit: 'log2 RNA/DNA',
  ...more,
})

describe('locusTracks', () => {
  it.each([lightInk, darkInk])('draws a track a cell type, GC and annotations over one axis', (ink) => {
    const drawing = drawingOf(locusOf())
    const svg = renderSvg(locusOption(drawing, ink, 900), 900, locusHeight(drawing, 900))
    for (const text of [
      'HepG2',
      'K562, peaks as bars on top, threshold dashed',
      'GC (%)',
      'HBG1',
      'HBG2',
      'Position in locus &amp; co (bases)',
    ])
      expect(svg).toContain(text)
  })

  it('has the letters where there is room to read them, and only those in sight', () => {
    const near = locusOf({ from: 100, to: 300, bases: 'ACGT'.repeat(50) })
    const drawing = drawingOf(near, { view: { from: 100, to: 160 } })
    expect(locusHeight(drawing, 900)).toBeGreaterThan(locusHeight(drawingOf(near, { view: { from: 100, to: 300 } }), 900))
    const letters = renderSvg(locusOption(drawing, lightInk, 900), 900, 600).match(/>[ACGT]<\/text>/g)
    expect(letters).toHaveLength(60)
    expect(renderSvg(locusOption(drawingOf(near, { view: { from: 100, to: 300 } }), lightInk, 900), 900, 600)).not.toMatch(
      />[ACGT]<\/text>/,
    )
  })

  it('has round ends and steps', () => {
    expect(roundRange(-0.67, 1.83)).toEqual({ low: -1, high: 2, step: 1 })
    expect(roundRange(0.011, 0.043)).toEqual({ low: 0.01, high: 0.05, step: 0.01 })
    expect(roundRange(2, 2).step).toBeGreaterThan(0)
  })

  it('averages G and C over some bases, past what is not known', () => {
    const gc = Float32Array.from([1, Number.NaN, 0, 1])
    expect([...smoothedGc({ from: 0, to: 4, gc })]).toEqual([2 / 3, 2 / 3, 2 / 3, 2 / 3].map(Math.fround))
    expect(smoothedGc({ from: 0, to: 4000, gc })).toBe(gc)
  })

  it('finds the nearest bin that has a window', () => {
    expect(binNearest(locusOf(), 0)).toBe(0)
    expect(binNearest(locusOf(), 70)).toBe(4)
    expect(binNearest(locusOf({ tracks: [] }), 50)).toBeNull()
  })

  it('is a table of the bins in sight that hold a window', () => {
    const { header, rows } = locusTable(drawingOf(locusOf(), { view: { from: 0, to: 400 } }))
    expect(header).toEqual([
      'middle_0_based',
      ...['HepG2', 'K562'].flatMap((column) => [`${column}_lowest`, `${column}_mean`, `${column}_highest`]),
      'gc',
    ])
    expect(rows.map(([at]) => at)).toEqual([10, 90, 170, 250, 330])
  })
})

const hit = (motif: string, start: number, p: number, strand: '+' | '-' = '+'): MotifHit => ({
  motif,
  id: `MA${motif}`,
  family: 'Nuclear receptors',
  start,
  end: start + 10,
  strand,
  score: 10,
  p,
})

describe('motifMarks', () => {
  it('names the likeliest match', () => {
    const hits = [hit('GATA1', 40, 1e-5), hit('HNF4A', 100, 2e-7, '-')]
    const drawing = { name: 'enh_1', length: 200, hits, scored: { start: 0, end: 200 } }
    expect(motifSentence(drawing)).toBe(
      '2 matches of 2 motifs in enh_1; the likeliest is HNF4A (Nuclear receptors) at 101–110, p\u00a0=\u00a02.0e−7.',
    )
    expect(motifSentence({ ...drawing, hits: [] })).toBe('No motif of the library matches enh_1.')
    const svg = renderSvg(motifMarksOption(drawing, lightInk, 800), 800, motifMarksHeight(drawing, 800))
    expect(svg).toContain('GATA1')
    expect(svg).toContain('HNF4A')
  })

  it('draws the likeliest of many', () => {
    const hits = Array.from({ length: 400 }, (_, i) => hit(`M${i}`, (i * 37) % 5000, 1e-4 / (i + 1)))
    const drawing = { name: 'long', length: 5100, hits, scored: { start: 20, end: 250 } }
    const drawn = motifLanes(drawing, 900).flatMap((lanes) => lanes.hits)
    expect(drawn.length).toBeLessThanOrEqual(MOST_DRAWN)
    expect(motifSentence(drawing)).toContain(`The ${MOST_DRAWN} likeliest are drawn.`)
    for (const { hit: each } of drawn) expect(Number(each.motif.slice(1))).toBeGreaterThanOrEqual(400 - MOST_DRAWN)
  })
})
