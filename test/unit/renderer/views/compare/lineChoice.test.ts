import { describe, expect, it } from 'vitest'
import { chooseRuns, memberInWords, rankedLines, setChoices } from '../../../../../src/renderer/views/compare/lineChoice.ts'
import { comparisonOf, measured } from '../../../charts/comparedLines.ts'

describe('choosing runs', () => {
  it('is all of them again once none is missing', () => {
    expect(chooseRuns(null, [1, 2, 3], [2], false)).toEqual([1, 3])
    expect(chooseRuns([1, 3], [1, 2, 3], [2], true)).toBeNull()
    expect(chooseRuns([1], [1, 2], [1], false)).toEqual([])
  })

  it('keeps runs that are not on the list', () => {
    expect(chooseRuns([1, 9], [1, 2, 3], [2], true)).toEqual([1, 2, 9])
  })
})

describe('the lines', () => {
  it('are ranked by the mean over their members, and those without a number come last', () => {
    const comparison = comparisonOf([
      measured('baseline', 1, 'all', 0.5),
      measured('baseline', 2, 'all', 0.1),
      measured('full', 3, 'all', 0.4),
      measured('attention', 4, 'all', null),
    ])
    expect(rankedLines(comparison).map(({ key }) => key)).toEqual(['full', 'baseline', 'attention'])
  })

  it('name their members', () => {
    expect(memberInWords({ seed: 2, runs: [7] })).toBe('seed 2 (run 7)')
    expect(memberInWords({ seed: 1, runs: [3, 4, 5] })).toBe('seed 1 (3 runs: 3, 4, 5)')
    expect(memberInWords({ seed: null, runs: [3, 4] })).toBe('2 runs: 3, 4')
  })
})

describe('the sets', () => {
  it('say what they are of', () => {
    const set = { key: 'k', label: 'By group, seed 1', target: 'log2' as const, runs: [1, 2], elements: 1300 }
    expect(setChoices({ sets: [{ ...set, kind: 'test' }] })).toEqual([
      { value: 'k', title: 'By group, seed 1 · 2 runs · 1,300 test elements' },
    ])
    expect(setChoices({ sets: [{ ...set, kind: 'shared', target: 'specificity', runs: [], elements: 1 }] })[0]!.title).toBe(
      'By group, seed 1 · specificity · 1 shared element',
    )
  })
})
