import { describe, expect, it } from 'vitest'
import { draftOfSplit, freshSplit, plannedSettings, splitPlan, type SplitDraft } from '../../../../src/renderer/stores/splitDraft.ts'
import { defaultShares, splitSettingsSchema, type Split, type SplitSettings } from '../../../../src/shared/domain/split.ts'

const draft = (changes: Partial<SplitDraft>): SplitDraft => ({ ...freshSplit(), ...changes })

describe('plannedSettings', () => {
  it('is a split by group to begin with', () => {
    expect(plannedSettings(freshSplit())).toEqual({ splits: [{ kind: 'group', seed: 1, shares: defaultShares }] })
  })

  it('is every fold, or the one that is chosen', () => {
    const folds = draft({ kind: 'kfold', folds: '4', seed: '7' })
    expect(plannedSettings(folds)).toEqual({ splits: [1, 2, 3, 4].map((fold) => ({ kind: 'kfold', seed: 7, folds: 4, fold })) })
    expect(plannedSettings({ ...folds, fold: 3 })).toEqual({ splits: [{ kind: 'kfold', seed: 7, folds: 4, fold: 3 }] })
  })

  it('puts labels and chromosomes where they were put', () => {
    const labels = { chr8: 'test', chr9: 'test', chr7: 'validation' } as const
    expect(plannedSettings(draft({ kind: 'chromosome', labels }))).toEqual({
      splits: [{ kind: 'chromosome', seed: 1, shares: defaultShares, validation: ['chr7'], test: ['chr8', 'chr9'] }],
    })
  })

  it('reads shares as they are typed', () => {
    const shares = { train: ' 80 ', validation: '7,5', test: '12.5' }
    expect(plannedSettings(draft({ kind: 'name', shares }))).toEqual({
      splits: [{ kind: 'name', seed: 1, shares: { train: 0.8, validation: 0.075, test: 0.125 } }],
    })
  })

  it.each([
    [{ seed: 'x' }, 'The split needs one whole number as its seed.'],
    [{ kind: 'kfold', folds: '2' }, 'The split needs from 3 to 20 folds.'],
    [{ shares: { train: '70', validation: '10', test: '10' } }, 'The shares of the split make 90 % together, not 100 %.'],
    [{ shares: { train: '70', validation: '', test: '30' } }, 'Each part of the split needs a share of at least 1 %.'],
    [{ kind: 'column' }, 'Choose the column to split by.'],
    [{ kind: 'column', column: 'set' }, 'Say which labels of set are for the test.'],
  ] as [Partial<SplitDraft>, string][])('says what is missing: %j', (changes, problem) => {
    expect(plannedSettings(draft(changes))).toEqual({ problem })
  })
})

describe('draftOfSplit', () => {
  it.each([
    { kind: 'group', seed: 3, shares: { train: 0.6, validation: 0.2, test: 0.2 } },
    { kind: 'kfold', seed: 3, folds: 7, fold: 2 },
    { kind: 'chromosome', seed: 3, validation: ['chr7'], test: ['chr8'] },
    { kind: 'column', seed: 3, column: 'set', test: ['held out'] },
    { kind: 'name', seed: 3 },
  ])('stands for the stored split on its dataset, and for one like it on another: %j', (described) => {
    const settings: SplitSettings = splitSettingsSchema.parse(described)
    const made = draftOfSplit({ id: 8, dataset: 3, settings } as Split)
    expect(splitPlan(made, 3)).toEqual({ splits: [8] })
    expect(splitPlan(made, 4)).toEqual({ splits: [settings] })
  })
})
