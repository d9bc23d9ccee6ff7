import { describe, expect, it } from 'vitest'
import { verdict, type Judged, type JudgedLine, type JudgedPair } from '../../../../src/shared/text/verdict.ts'

const line = (
  label: string,
  mean: number | null,
  low: number | null = mean && mean - 0.02,
  high: number | null = mean && mean + 0.02,
): JudgedLine => ({
  key: `${label}-1`,
  label,
  mean,
  low,
  high,
})
const pair = (
  a: string,
  b: string,
  difference: number | null,
  low: number | null,
  high: number | null,
  better: string | null = null,
): JudgedPair => ({
  a: `${a}-1`,
  b: `${b}-1`,
  difference,
  low,
  high,
  better: better && `${better}-1`,
})
const judged = (of: Partial<Judged>): Judged => ({
  cellType: 'WTC11',
  measure: 'pearson',
  ceiling: null,
  groups: 5000,
  lines: [],
  pairs: [],
  ...of,
})

describe('verdict', () => {
  it('says by how much the better of two is better, and how far it is from what the noise allows', () => {
    const two = judged({
      ceiling: 0.857,
      lines: [line('baseline', 0.434), line('embedding', 0.523)],
      pairs: [pair('baseline', 'embedding', -0.089, -0.108, -0.071, 'embedding')],
    })
    expect(verdict(two)).toBe(
      'embedding beats baseline in WTC11 by 0.089 Pearson (95 % interval 0.071 to 0.108); embedding’s r of 0.523 is 61 % of what the assay’s noise allows (0.857).',
    )
    expect(verdict({ ...two, ceiling: null, cellType: null })).toBe(
      'embedding beats baseline over all rows by 0.089 Pearson (95 % interval 0.071 to 0.108).',
    )
    expect(verdict({ ...two, ceiling: 0.5 })).toMatch(/; embedding’s r of 0\.523 is as much as the assay’s noise allows \(0\.500\)\.$/)
  })

  it('calls no negative r a share of what the noise allows', () => {
    const worse = judged({
      ceiling: 0.9,
      lines: [line('full', -0.02), line('baseline', -0.1)],
      pairs: [pair('full', 'baseline', 0.08, -0.03, 0.2)],
    })
    expect(verdict(worse)).toBe(
      'Nothing can be told between full and baseline in WTC11: they differ by 0.080 Pearson (95 % interval −0.030 to 0.200).',
    )
  })

  it('keeps a label with commas together', () => {
    const [long, other] = ['full, epochs 3, all 3 folds, seed 1', 'full, epochs 4, By group, seed 1']
    const folds = judged({ lines: [line(long, 0.5), line(other, 0.4)], pairs: [pair(long, other, 0.1, 0.05, 0.15, long)] })
    expect(verdict(folds)).toMatch(/^“full, epochs 3, all 3 folds, seed 1” beats “full, epochs 4, By group, seed 1” in WTC11 by 0\.100/)
  })

  it('names the first alone where many cannot be told from it', () => {
    const labels = ['full, recipe seed', 'b', 'c', 'd', 'e']
    const lines = labels.map((label, i) => line(label, 0.5 - 0.01 * i))
    const first = labels[0]!
    const told = labels
      .slice(1)
      .map((label, i) => pair(first, label, 0.01 * (i + 1), label === 'e' ? 0.01 : -0.01, 0.08, label === 'e' ? first : null))
    expect(verdict(judged({ lines, pairs: told, ceiling: 0.8 }))).toBe(
      '“full, recipe seed” stands first in WTC11, but nothing can be told between it and 3 of the 4 others; it beats e by 0.040 Pearson (95 % interval 0.010 to 0.080); the r of “full, recipe seed”, 0.500, is 63 % of what the assay’s noise allows (0.800).',
    )
    const level = labels.slice(1).map((label, i) => pair(first, label, 0.01 * (i + 1), -0.01, 0.08))
    expect(verdict(judged({ lines, pairs: level }))).toBe(
      'Nothing can be told between the 5 models in WTC11: even “full, recipe seed” and e differ by 0.040 Pearson (95 % interval −0.010 to 0.080).',
    )
  })

  it('turns the difference round where lower is better', () => {
    const errors = judged({
      measure: 'mse',
      ceiling: 0.9,
      lines: [line('baseline', 0.632), line('embedding', 0.591)],
      pairs: [pair('baseline', 'embedding', 0.041, 0.03, 0.052, 'embedding')],
    })
    expect(verdict(errors)).toBe('embedding beats baseline in WTC11 by 0.041 MSE (lower is better; 95 % interval 0.030 to 0.052).')
  })

  it('does not write an end beside zero as zero', () => {
    const close = judged({
      lines: [line('baseline', 0.5), line('full', 0.51)],
      pairs: [pair('full', 'baseline', 0.01, 0.0003, 0.02, 'full')],
    })
    expect(verdict(close)).toContain('by 0.0100 Pearson (95 % interval 0.0003 to 0.0200)')
  })

  it('says where nothing can be told', () => {
    const level = judged({ lines: [line('baseline', 0.5), line('full', 0.504)], pairs: [pair('baseline', 'full', -0.004, -0.019, 0.011)] })
    expect(verdict(level)).toBe(
      'Nothing can be told between full and baseline in WTC11: they differ by 0.004 Pearson (95 % interval −0.011 to 0.019).',
    )
    const three = {
      ...level,
      lines: [...level.lines, line('attention', 0.499)],
      pairs: [...level.pairs, pair('baseline', 'attention', 0.001, -0.01, 0.01), pair('full', 'attention', 0.005, -0.01, 0.02)],
    }
    expect(verdict(three)).toBe(
      'Nothing can be told between full, baseline and attention in WTC11: even full and attention differ by 0.005 Pearson (95 % interval −0.010 to 0.020).',
    )
  })

  it('says what can be told where that is not about the first', () => {
    // Two alike lines are told apart by little; one that is otherwise is told from neither.
    const lines = [line('ensemble', 0.51), line('full', 0.5), line('baseline', 0.49)]
    const pairs = [
      pair('ensemble', 'full', 0.01, -0.03, 0.05),
      pair('ensemble', 'baseline', 0.02, -0.02, 0.06),
      pair('full', 'baseline', 0.01, 0.004, 0.016, 'full'),
    ]
    expect(verdict(judged({ lines, pairs }))).toBe(
      'ensemble stands first in WTC11, but nothing can be told between it and either of the others; full beats baseline by 0.010 Pearson (95 % interval 0.004 to 0.016).',
    )
  })

  it('names the next where one beats all others, and those that lead together', () => {
    const lines = [line('baseline', 0.43), line('embedding', 0.52), line('full', 0.5)]
    const beaten = [pair('baseline', 'embedding', -0.09, -0.1, -0.08, 'embedding'), pair('baseline', 'full', -0.07, -0.08, -0.06, 'full')]
    expect(verdict(judged({ lines, pairs: [...beaten, pair('embedding', 'full', 0.02, 0.01, 0.03, 'embedding')] }))).toBe(
      'embedding beats all others in WTC11, the next, full, by 0.020 Pearson (95 % interval 0.010 to 0.030).',
    )
    expect(verdict(judged({ lines, pairs: [...beaten, pair('embedding', 'full', 0.02, -0.01, 0.05)] }))).toBe(
      'embedding and full lead in WTC11, and nothing can be told between them; embedding beats baseline by 0.090 Pearson (95 % interval 0.080 to 0.100).',
    )
  })

  it('gives the value of a line alone', () => {
    expect(verdict(judged({ lines: [line('full', 0.5)], ceiling: 0.8 }))).toBe(
      'full reaches Pearson 0.500 in WTC11 (95 % interval 0.480 to 0.520); that is 63 % of what the assay’s noise allows (0.800).',
    )
    expect(verdict(judged({ lines: [line('full', 0.5, null, null)], groups: 4 }))).toBe(
      'full reaches Pearson 0.500 in WTC11; how sure that is cannot be told from 4 groups of related sequences.',
    )
  })

  it('says where the measure is not defined, or the groups are too few', () => {
    expect(verdict(judged({ lines: [line('full', null), line('baseline', null)] }))).toMatch(/^Pearson is not defined in WTC11/)
    expect(verdict(judged({ lines: [line('full', 0.4), line('baseline', null)] }))).toMatch(
      /^full reaches .* For baseline it is not defined: the predictions or measurements are all the same\.$/,
    )
    const few = judged({
      lines: [line('full', 0.4, null, null), line('baseline', 0.3, null, null)],
      pairs: [pair('full', 'baseline', 0.1, null, null)],
      groups: 6,
    })
    expect(verdict(few)).toBe('Nothing can be told between full and baseline in WTC11, from 6 groups of related sequences.')
    expect(verdict(judged({}))).toBe('There is nothing to compare.')
  })
})
