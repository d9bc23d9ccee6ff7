import { describe, expect, it } from 'vitest'
import { WrongUse } from '../../../../src/main/commandLine/command.ts'
import { readSplit } from '../../../../src/main/commandLine/readSplit.ts'
import { defaultShares } from '../../../../src/shared/domain/split.ts'

describe('readSplit', () => {
  it('reads what has no settings as it always was', () => {
    expect(readSplit('group', 1, [])).toEqual([{ kind: 'group', seed: 1, shares: defaultShares }])
    expect(readSplit('name', 4, [])).toEqual([{ kind: 'name', seed: 4, shares: defaultShares }])
    expect(readSplit('chromosome', 1, [])).toEqual([{ kind: 'chromosome', seed: 1, shares: defaultShares, test: [], validation: [] }])
  })

  it('reads shares in percent', () => {
    expect(readSplit('group', 1, ['shares=80/10/10'])[0]).toMatchObject({ shares: { train: 0.8, validation: 0.1, test: 0.1 } })
  })

  it('means every fold, or those that are named', () => {
    expect(readSplit('kfold', 2, ['folds=4']).map((split) => split.kind === 'kfold' && [split.fold, split.folds, split.seed])).toEqual([
      [1, 4, 2],
      [2, 4, 2],
      [3, 4, 2],
      [4, 4, 2],
    ])
    expect(readSplit('kfold', 2, ['fold=5,2'])).toMatchObject([{ fold: 2, folds: 5 }, { fold: 5 }])
    expect(readSplit('kfold', 2, ['fold=all'])).toHaveLength(5)
  })

  it('reads lists with commas, or as the key comes again', () => {
    expect(readSplit('chromosome', 1, ['test=chr8, chr9', 'test=chr10', 'validation=chr7'])).toMatchObject([
      { test: ['chr8', 'chr9', 'chr10'], validation: ['chr7'] },
    ])
    expect(readSplit('column', 1, ['column=set', 'test=held=out'])).toMatchObject([{ column: 'set', test: ['held=out'], validation: [] }])
  })

  it.each([
    ['group', 'folds=5', /takes shares=…/],
    ['group', 'shares=80/10', /three shares/],
    ['group', 'shares=80/10/20', /make 100 together/],
    ['kfold', 'folds=2', /from 3 to 20/],
    ['kfold', 'fold=6', /from 1 to 5/],
    ['column', 'test=a', /needs --split-settings column=NAME/],
  ] as const)('refuses %s with %s in words', (kind, pair, words) => {
    expect(() => readSplit(kind, 1, [pair])).toThrow(WrongUse)
    expect(() => readSplit(kind, 1, [pair])).toThrow(words)
  })
})
