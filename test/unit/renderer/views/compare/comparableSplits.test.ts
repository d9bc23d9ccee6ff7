import { describe, expect, it } from 'vitest'
import { comparableSplits } from '../../../../../src/renderer/views/compare/comparableSplits.ts'
import type { Comparison } from '../../../../../src/shared/domain/comparison.ts'
import { splitName, splitSettingsSchema, type Split } from '../../../../../src/shared/domain/split.ts'

const split = (id: number, kind: 'group' | 'name' | 'chromosome', overlap = 0): Split => {
  const settings = splitSettingsSchema.parse({ kind, seed: 1 })
  return {
    id,
    dataset: 1,
    name: splitName(settings),
    kind,
    seed: 1,
    settings,
    createdAt: '2026-01-02T03:04:05.000Z',
    sizes: { train: 7, validation: 1, test: 2 },
    groups: 10,
    leakage: { exact: 0, reverseComplement: 0, overlap },
    audit: [],
    experiments: 1,
  }
}
const splits = [split(4, 'group'), split(5, 'name', 12), split(6, 'chromosome')]
const completed = [
  { id: 1, split: 4 },
  { id: 2, split: 4 },
  { id: 3, split: 5 },
]
const comparing = (...runs: number[]) => ({ rows: runs.map((run) => ({ run })) }) as unknown as Comparison

describe('comparableSplits', () => {
  it('names the splits that have completed runs, and whether they leak', () => {
    expect(comparableSplits(splits, completed, comparing(1, 2))).toEqual({
      choices: [
        { value: 4, title: 'By group, seed 1 · 2 runs' },
        { value: 5, title: 'By name, seed 1 — leaks · 1 run' },
      ],
      shown: 4,
    })
  })

  it('has a choice of its own for splits that share their test part', () => {
    const { choices, shown } = comparableSplits(splits, completed, comparing(1, 2, 3))
    expect(choices[0]).toEqual({ value: null, title: 'By group, seed 1 and By name, seed 1 — leaks: the same test part' })
    expect(shown).toBeNull()
  })

  it('shows none before the comparison is there', () => {
    expect(comparableSplits(splits, completed, null).shown).toBeNull()
  })
})
