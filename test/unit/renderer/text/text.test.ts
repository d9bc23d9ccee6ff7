import { describe, expect, it } from 'vitest'
import { countOf, formatBytes, formatCount, formatDecimal, formatDuration, formatSetting } from '../../../../src/renderer/text/numbers.ts'
import { leakageSentence } from '../../../../src/renderer/text/splits.ts'
import { stateWords } from '../../../../src/renderer/text/states.ts'
import { toTsv } from '../../../../src/renderer/text/toTsv.ts'
import { runStates } from '../../../../src/shared/domain/run.ts'
import { scanStates } from '../../../../src/shared/domain/scan.ts'

describe('numbers', () => {
  it.each([
    [0.12345, 4, '0.1235'],
    [-0.5, 3, '−0.500'],
    [-0.0004, 3, '0.000'],
    [null, 3, '–'],
    [undefined, 3, '–'],
    [NaN, 3, '–'],
  ])('writes %d with %i decimals as %s', (value, decimals, text) => {
    expect(formatDecimal(value, decimals)).toBe(text)
  })
  it.each([
    [0, '0'],
    [24_590, '24,590'],
    [-3, '−3'],
    [84_211.4, '84,211'],
  ])('counts %d as %s', (value, text) => {
    expect(formatCount(value)).toBe(text)
  })
  it('makes one and many', () => {
    expect([countOf(1, 'run'), countOf(0, 'run'), countOf(2000, 'run')]).toEqual(['1 run', '0 runs', '2,000 runs'])
  })
  it.each([
    [1e-4, '0.0001'],
    [0.02, '0.02'],
    [20, '20'],
    [16_384, '16,384'],
  ])('writes the setting %d as %s', (value, text) => {
    expect(formatSetting(value)).toBe(text)
  })
  it.each([
    [0, '0 B'],
    [412, '412 B'],
    [1500, '1.5 kB'],
    [15_200_000, '15.2 MB'],
    [412e9, '412 GB'],
  ])('writes %d bytes as %s', (value, text) => {
    expect(formatBytes(value)).toBe(text)
  })
  it.each([
    [0.2, 'under a second'],
    [8, '8 s'],
    [59.7, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [3900, '1 h 5 min'],
    [7170, '2 h'],
  ])('writes %d seconds as %s', (value, text) => {
    expect(formatDuration(value)).toBe(text)
  })
})

describe('toTsv', () => {
  it('keeps every digit, leaves missing cells empty and ends in a line break', () => {
    expect(
      toTsv(
        ['a', 'b'],
        [
          ['x', 0.1 + 0.2],
          ['y', null],
        ],
      ),
    ).toBe('a\tb\nx\t0.30000000000000004\ny\t\n')
  })
  it('keeps names byte for byte unless they would break the table', () => {
    expect(toTsv(['name'], [['C:SLEA_hg18:chr2:1-2|66:V_A;90:B_Reversed:']])).toBe('name\nC:SLEA_hg18:chr2:1-2|66:V_A;90:B_Reversed:\n')
    expect(toTsv(['name'], [['a\tb "c"']])).toBe('name\n"a\tb ""c"""\n')
  })
})

describe('words for states', () => {
  it('give each state a word and a mark, so that colour is never alone', () => {
    for (const state of [...runStates, ...scanStates]) {
      expect(stateWords[state].word).not.toBe('')
      expect(stateWords[state].icon).not.toBe('')
    }
    expect(new Set(runStates.map((state) => stateWords[state].word)).size).toBe(runStates.length)
  })
})

describe('leakageSentence', () => {
  it('says when nothing leaks, and what does', () => {
    expect(leakageSentence({ leakage: { exact: 0, reverseComplement: 0, overlap: 0 } })).toMatch(/^No test or validation sequence/)
    expect(leakageSentence({ leakage: { exact: 0, reverseComplement: 1, overlap: 0 } })).toMatch(
      /^Leaks: 1 test or validation sequence was seen in training, 1 as reverse complements\./,
    )
    expect(leakageSentence({ leakage: { exact: 3, reverseComplement: 1511, overlap: 22 } })).toMatch(
      /^Leaks: 1,536 test or validation sequences were seen in training, 3 as they are, 1,511 as reverse complements and 22 by an overlap/,
    )
  })
})
