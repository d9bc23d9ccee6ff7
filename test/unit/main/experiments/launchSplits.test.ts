import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allFolds } from '../../../../src/shared/domain/split.ts'
import { makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
beforeEach(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder, { trainQueued: false })
})
afterEach(async () => {
  await opened.workbench.close()
  workspace.remove()
})

describe('experiments.launch', () => {
  const request = () => ({ dataset: workspace.dataset, variants: ['baseline' as const, 'full' as const], recipe: shortRecipe, seeds: [1] })

  it('makes an experiment a split, each with all variants and seeds', async () => {
    const { calls } = opened
    const runs = await calls.experiments.launch({ ...request(), split: allFolds(3, 1) })
    expect(runs.map(({ variant, splitName }) => [variant, splitName])).toEqual(
      [1, 2, 3].flatMap((fold) => ['baseline', 'full'].map((variant) => [variant, `Fold ${fold} of 3, seed 1`])),
    )
    expect(new Set(runs.map(({ experiment }) => experiment)).size).toBe(3)
    for (const { id } of runs) await calls.experiments.stop({ id })
  })

  it('takes a stored split by its number, and one by its settings that is there already', async () => {
    const { calls } = opened
    const split = await calls.splits.make({ dataset: workspace.dataset, name: 'fair', settings: { kind: 'group', seed: 1 } })
    const byNumber = await calls.experiments.launch({ ...request(), split: split.id })
    const bySettings = await calls.experiments.launch({ ...request(), split: { kind: 'group', seed: 1 } })
    for (const run of [...byNumber, ...bySettings]) {
      expect(run).toMatchObject({ split: split.id, splitName: 'fair' })
      await calls.experiments.stop({ id: run.id })
    }
    expect(await calls.splits.list({ dataset: workspace.dataset })).toMatchObject([{ name: 'fair', experiments: 2 }])
  })

  it('launches nothing on a dataset that is not there, or in the bin, and resumes nothing there', async () => {
    const { calls } = opened
    const split = { kind: 'group', seed: 1 } as const
    await expect(calls.experiments.launch({ ...request(), dataset: 99, split })).rejects.toMatchObject({ code: 'not-found' })
    const [run] = await calls.experiments.launch({ ...request(), split, variants: ['full'] })
    await calls.experiments.stop({ id: run!.id })
    await calls.datasets.bin({ id: workspace.dataset })
    const inTheBin = { code: 'conflict', message: 'The dataset small is in the bin.' }
    await expect(calls.experiments.launch({ ...request(), split })).rejects.toMatchObject(inTheBin)
    await expect(calls.experiments.resume({ id: run!.id })).rejects.toMatchObject(inTheBin)
    expect((await calls.experiments.runs({})).map(({ state }) => state)).toEqual(['cancelled'])
  })

  it('launches nothing where one of the splits cannot be made', async () => {
    const { calls } = opened
    await expect(
      calls.experiments.launch({
        ...request(),
        split: [
          { kind: 'group', seed: 1 },
          { kind: 'chromosome', seed: 1 },
        ],
      }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await calls.experiments.runs({})).toEqual([])
    expect(await calls.splits.list({ dataset: workspace.dataset })).toEqual([])
  })
})
