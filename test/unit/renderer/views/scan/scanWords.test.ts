import { describe, expect, it } from 'vitest'
import { scanOptionsSchema, scoreQuerySchema } from '../../../../../src/shared/domain/scan.ts'
import { asksForAll, exportInput } from '../../../../../src/renderer/views/scan/exportFormats.ts'
import { percent, percentileWords } from '../../../../../src/renderer/views/scan/percentileWords.ts'
import { doubtsSentence, modelPath, optionsInWords } from '../../../../../src/renderer/views/scan/scanWords.ts'
import { sortHits } from '../../../../../src/renderer/views/scan/sortHits.ts'
import { stoppedWords } from '../../../../../src/renderer/views/scan/stoppedWords.ts'

describe('percent', () => {
  it('never says all of what is not all, nor none of what is not none', () => {
    expect([0, 0.01, 0.4, 12.4, 99.4, 99.97, 100].map(percent)).toEqual(['0 %', '<0.1 %', '0.4 %', '12 %', '99.4 %', '>99.9 %', '100 %'])
  })

  it('leaves out what is not known', () => {
    expect(percentileWords(93, 99.2)).toBe('93 % · 99.2 %')
    expect(percentileWords(null, 50)).toBe('– · 50 %')
    expect(percentileWords(null, null)).toBe('')
  })
})

describe('optionsInWords', () => {
  it('says how the records came before the model', () => {
    expect(optionsInWords(scanOptionsSchema.parse({}))).toBe(
      'Longer sequences in windows, one every 20; shorter ones padded, down to 20 bases; skipped where more than 50 % of the letters are not A, C, G or T; strands as the model was trained to be read; beside 500 shuffled sequences (seed 1).',
    )
    expect(optionsInWords(scanOptionsSchema.parse({ long: 'middle', short: 'skip', strands: 'both', shuffled: 0 }))).toContain(
      'Of longer sequences the middle; shorter ones skipped;',
    )
  })
})

describe('modelPath', () => {
  it('leads to the page of what scored, where there is one', () => {
    expect(modelPath({ reference: { run: 4 } })).toBe('/experiments/runs/4')
    expect(modelPath({ reference: { ensemble: 2 } })).toBe('/compare')
    expect(modelPath({ reference: { model: 2 } })).toBeNull()
  })
})

describe('stoppedWords', () => {
  it('says that a stopped scan can go on, unless it was in the bin', () => {
    const scan = { state: 'cancelled', message: null, scored: 2000, binnedAt: null } as const
    expect(stoppedWords(scan)).toEqual({
      level: 'info',
      message: 'You stopped this scan.',
      hint: 'What was scored so far (2,000 sequences) is kept below. It can go on where it ended, as long as the file is as it was.',
    })
    expect(stoppedWords({ ...scan, binnedAt: '2026-11-20T12:00:00Z' })?.hint).toContain('cannot go on')
    expect(stoppedWords({ ...scan, state: 'completed' })).toBeNull()
    expect(stoppedWords({ ...scan, state: 'failed', message: 'The engine ended.' })).toMatchObject({
      level: 'error',
      message: 'The engine ended.',
    })
  })
})

describe('exportInput', () => {
  const rule = { column: 'HepG2', percentile: 95, against: 'shuffled', mergeDistance: 100 } as const
  const query = scoreQuerySchema.parse({ search: 'enh' })

  it('asks for a column or a rule only where the format has a use for it', () => {
    expect(exportInput({ format: 'tsv', column: 'K562', rule, query: null })).toEqual({ format: 'tsv' })
    expect(exportInput({ format: 'bigwig', column: 'K562', rule: null, query: null })).toEqual({ format: 'bigwig', column: 'K562' })
    expect(exportInput({ format: 'bed', column: 'K562', rule, query: null })).toEqual({ format: 'bed', rule })
    expect(exportInput({ format: 'bed', column: 'K562', rule: null, query })).toEqual({ format: 'bed', column: 'K562', ...query })
  })

  it('knows a query that keeps all', () => {
    expect(asksForAll(scoreQuerySchema.parse({}))).toBe(true)
    expect(asksForAll(scoreQuerySchema.parse({ ranges: [{ by: 'gc', from: null, to: null }] }))).toBe(true)
    expect(asksForAll(scoreQuerySchema.parse({ ranges: [{ by: 'gc', from: 0.4, to: null }] }))).toBe(false)
    expect(asksForAll(query)).toBe(false)
  })
})

describe('sortHits', () => {
  const hit = (motif: string, start: number, p: number) =>
    ({ motif, id: `MA${start}`, family: 'Nuclear receptors', start, end: start + 8, strand: '+', score: 9, p }) as const
  const hits = [hit('HNF4A', 30, 1e-5), hit('GATA1', 4, 1e-6), hit('GATA2', 100, 1e-4)]

  it('sorts numbers as numbers and finds motifs in either case', () => {
    expect(sortHits(hits, '', { by: 'start', descending: false }).map(({ start }) => start)).toEqual([4, 30, 100])
    expect(sortHits(hits, '', { by: 'p', descending: false }).map(({ motif }) => motif)).toEqual(['GATA1', 'HNF4A', 'GATA2'])
    expect(sortHits(hits, ' gata', null).map(({ motif }) => motif)).toEqual(['GATA1', 'GATA2'])
    expect(sortHits(hits, 'nuclear', { by: 'motif', descending: true }).map(({ motif }) => motif)).toEqual(['HNF4A', 'GATA2', 'GATA1'])
  })
})

describe('doubtsSentence', () => {
  it('says how many sequences are still to be compared with the training data', () => {
    expect(doubtsSentence({ scored: 3000, assessed: 3000 })).toBeNull()
    expect(doubtsSentence({ scored: 3000, assessed: 0 })).toMatch(/^The sequences have not been compared/)
    expect(doubtsSentence({ scored: 3000, assessed: 2999 })).toMatch(/^1 sequence has not been compared/)
    expect(doubtsSentence({ scored: 3000, assessed: 1000 })).toMatch(/^2,000 sequences have not been compared/)
  })
})
