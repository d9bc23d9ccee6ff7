import { describe, expect, it } from 'vitest'
import { recentWork } from '../../../../../src/renderer/views/home/recentWork.ts'
import type { DatasetSummary } from '../../../../../src/shared/domain/dataset.ts'
import type { Run, RunState } from '../../../../../src/shared/domain/run.ts'
import type { Scan } from '../../../../../src/shared/domain/scan.ts'
import type { Variant } from '../../../../../src/shared/domain/variants.ts'

const dataset = (id: number) => ({ id, name: `set ${id}`, elements: 5000, createdAt: '2026-01-01T00:00:00Z' }) as DatasetSummary
const run = (variant: Variant, state: RunState) =>
  ({
    id: 1,
    dataset: 2,
    datasetName: 'set',
    variant,
    state,
    createdAt: '2026-01-02T00:00:00Z',
    startedAt: null,
    finishedAt: '2026-01-04T00:00:00Z',
    testPearson: 0.5123,
  }) as Run

describe('recentWork', () => {
  it('mixes datasets, runs and scans, newest first, and is no longer than asked', () => {
    const scan = { id: 3, name: 'mine.fa', state: 'completed', scored: 1, createdAt: '2026-01-03T00:00:00Z' } as Scan
    const work = recentWork([dataset(1)], [run('full', 'completed')], [scan])
    expect(work.map(({ title, fact }) => [title, fact])).toEqual([
      ['Run 1 · full', 'set · test Pearson 0.512'],
      ['mine.fa', 'Scan · 1 sequence scored'],
      ['set 1', 'Dataset · 5,000 elements'],
    ])
    expect(recentWork([dataset(1)], [run('full', 'completed')], [scan], 2)).toHaveLength(2)
  })
})
