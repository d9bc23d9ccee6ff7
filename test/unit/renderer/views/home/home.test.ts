import { describe, expect, it } from 'vitest'
import { nextDemoStep } from '../../../../../src/renderer/views/home/nextDemoStep.ts'
import { recentWork } from '../../../../../src/renderer/views/home/recentWork.ts'
import type { DatasetSummary } from '../../../../../src/shared/domain/dataset.ts'
import type { Run, RunState } from '../../../../../src/shared/domain/run.ts'
import type { Scan } from '../../../../../src/shared/domain/scan.ts'
import { variants, type Variant } from '../../../../../src/shared/domain/variants.ts'

const dataset = (id: number, simulated: boolean) =>
  ({ id, simulated, name: `set ${id}`, elements: 5000, createdAt: '2026-01-01T00:00:00Z' }) as DatasetSummary
const run = (variant: Variant, state: RunState, on = 2) =>
  ({
    id: 1,
    dataset: on,
    datasetName: 'set',
    variant,
    state,
    createdAt: '2026-01-02T00:00:00Z',
    startedAt: null,
    finishedAt: '2026-01-04T00:00:00Z',
    testPearson: 0.5123,
  }) as Run
const all = (state: RunState) => variants.map((variant) => run(variant, state))

describe('nextDemoStep', () => {
  it('makes the data first, whatever else there is', () => {
    expect(nextDemoStep([dataset(1, false)], [run('full', 'completed', 1)])).toEqual({ kind: 'simulate' })
  })
  it('trains the variants that have no result and are not on their way', () => {
    const runs = [run('baseline', 'completed'), run('embedding', 'failed'), run('attention', 'running'), run('full', 'completed', 1)]
    expect(nextDemoStep([dataset(2, true)], runs)).toEqual({ kind: 'launch', dataset: 2, variants: ['embedding', 'full'] })
  })
  it('watches while they train and compares when they are done', () => {
    expect(nextDemoStep([dataset(2, true)], [...all('completed').slice(1), run('baseline', 'queued')])).toEqual({
      kind: 'watch',
      dataset: 2,
    })
    expect(nextDemoStep([dataset(2, true)], all('completed'))).toEqual({ kind: 'compare', dataset: 2 })
  })
})

describe('recentWork', () => {
  it('mixes datasets, runs and scans, newest first, and is no longer than asked', () => {
    const scan = { id: 3, name: 'mine.fa', state: 'completed', scored: 1, createdAt: '2026-01-03T00:00:00Z' } as Scan
    const work = recentWork([dataset(1, false)], [run('full', 'completed')], [scan])
    expect(work.map(({ title, fact }) => [title, fact])).toEqual([
      ['Run 1 · full', 'set · test Pearson 0.512'],
      ['mine.fa', 'Scan · 1 sequence scored'],
      ['set 1', 'Dataset · 5,000 elements'],
    ])
    expect(recentWork([dataset(1, false)], [run('full', 'completed')], [scan], 2)).toHaveLength(2)
  })
})
