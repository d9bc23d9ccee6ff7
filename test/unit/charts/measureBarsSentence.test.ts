import { describe, expect, it } from 'vitest'
import { comparisonMatrix } from '../../../src/charts/comparisonMatrix.ts'
import { measureBarsSentence } from '../../../src/charts/measureBarsSentence.ts'
import { certaintyOf, comparisonOf, measured } from './comparedLines.ts'

const rowsOf = (pearsons: Readonly<Record<string, number | null>>) =>
  comparisonMatrix(comparisonOf(Object.entries(pearsons).map(([line, pearson], run) => measured(line, run, 'all', pearson))))
const sentence = (pearsons: Readonly<Record<string, number | null>>) =>
  measureBarsSentence({ measure: 'pearson', rows: rowsOf(pearsons), certainty: null })

describe('the sentence of the bars', () => {
  it('names the first and the next', () => {
    expect(sentence({ baseline: 0.41, full: 0.52 })).toBe(
      'full has the highest Pearson r over all cell types, 0.520; baseline follows with 0.410.',
    )
    expect(sentence({ baseline: 0.41 })).toBe('baseline has a Pearson r of 0.410 over all cell types of the test part.')
    expect(sentence({ baseline: null })).toBe('Pearson r is not defined over all cell types of these test elements.')
  })

  it('looks for the smallest error', () => {
    const rows = comparisonMatrix(comparisonOf([measured('baseline', 1, 'all', 0.1, 0.4), measured('full', 2, 'all', 0.1, 0.3)]))
    expect(measureBarsSentence({ measure: 'mse', rows })).toMatch(/^full has the lowest MSE over all cell types, 0\.300; baseline follows/)
  })

  it('does not name a winner where the shown digits tie', () => {
    expect(sentence({ baseline: 0.4111, full: 0.4112, attention: 0.2 })).toBe(
      'full and baseline share the highest Pearson r over all cell types, 0.411; attention follows with 0.200.',
    )
  })

  it('says what the whiskers are where there are any', () => {
    const comparison = comparisonOf([measured('full', 1, 'all', 0.5)])
    expect(measureBarsSentence({ measure: 'pearson', rows: comparisonMatrix(comparison), certainty: certaintyOf(comparison) })).toMatch(
      /Whiskers are 95 % intervals\.$/,
    )
  })
})
