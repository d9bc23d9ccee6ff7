import { describe, expect, it } from 'vitest'
import { demoProgress, nextDemoStep } from '../../../../src/renderer/stores/nextDemoStep.ts'
import type { DatasetSummary } from '../../../../src/shared/domain/dataset.ts'
import { demo } from '../../../../src/shared/domain/demo.ts'
import type { Run, RunProgress, RunState } from '../../../../src/shared/domain/run.ts'
import { variants, type Variant } from '../../../../src/shared/domain/variants.ts'

const dataset = (id: number, simulated: boolean, more: Partial<DatasetSummary> = {}) =>
  ({ id, simulated, elements: demo.dataset.elements, binnedAt: null, ...more }) as DatasetSummary
let made = 0
const run = (variant: Variant, state: RunState, more: Partial<Run> = {}) =>
  ({ id: ++made, dataset: 2, variant, state, splitKind: 'group', seed: 1, epochs: 0, recipe: demo.recipe, message: null, ...more }) as Run
const all = (state: RunState) => variants.map((variant) => run(variant, state))

describe('nextDemoStep', () => {
  it('makes the data first, whatever else there is', () => {
    expect(nextDemoStep([dataset(1, false)], [run('full', 'completed', { dataset: 1 })])).toEqual({ kind: 'simulate' })
  })

  it('takes neither a simulated dataset of another size nor one in the bin for its own', () => {
    const others = [dataset(3, true, { elements: 57_000 }), dataset(2, true, { binnedAt: '2026-01-01T00:00:00.000Z' })]
    expect(nextDemoStep(others, all('completed'))).toEqual({ kind: 'simulate' })
  })

  it('trains the variants that have no result and are not on their way, and goes on with what stopped short', () => {
    const stopped = run('embedding', 'cancelled')
    const runs = [run('baseline', 'completed'), stopped, run('attention', 'running'), run('full', 'completed', { dataset: 1 })]
    expect(nextDemoStep([dataset(2, true)], runs)).toEqual({ kind: 'train', dataset: 2, variants: ['full'], resume: [stopped.id] })
  })

  it('leaves out what a person trained on its data in another way', () => {
    const runs = [...all('completed').slice(1), run('baseline', 'completed', { splitKind: 'name' })]
    expect(nextDemoStep([dataset(2, true)], runs)).toEqual({ kind: 'train', dataset: 2, variants: ['baseline'], resume: [] })
  })

  it('watches while they train and compares when they are done', () => {
    expect(nextDemoStep([dataset(2, true)], [...all('completed').slice(1), run('baseline', 'queued')])).toEqual({
      kind: 'watch',
      dataset: 2,
    })
    expect(nextDemoStep([dataset(2, true)], all('completed'))).toEqual({ kind: 'compare', dataset: 2 })
  })
})

describe('demoProgress', () => {
  it('counts epochs over all runs, the part of the present one too', () => {
    const runs = [
      run('baseline', 'completed', { epochs: 50 }),
      run('embedding', 'running', { epochs: 10 }),
      run('attention', 'queued'),
      run('full', 'queued'),
    ]
    const at = { run: runs[1]!.id, epoch: 11, step: 33, steps: 66, rowsPerSecond: 1, secondsLeft: 1 } satisfies RunProgress
    expect(demoProgress(runs, new Map([[at.run, at]]))).toEqual({ stage: 'Training embedding, 2 of 4 variants', done: 60.5, total: 200 })
    expect(demoProgress(all('queued'), new Map())).toMatchObject({ stage: 'Starting the engine', done: 0 })
    expect(demoProgress(all('completed'), new Map())).toMatchObject({ stage: 'Trained', done: 200, total: 200 })
  })
})
