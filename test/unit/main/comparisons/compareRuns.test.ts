import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { CELL_TYPES, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let byGroup: Run[]
let byName: Run[]
let waiting: Run
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const train = async (kind: 'group' | 'name', variants: Run['variant'][]) => {
    const runs = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: { kind, seed: 1 },
      variants,
      recipe: { ...shortRecipe, epochs: 2 },
      seeds: [1],
    })
    return Promise.all(runs.map(({ id }) => opened.until(id, 'completed')))
  }
  byGroup = await train('group', ['full', 'baseline'])
  byName = await train('name', ['baseline'])
  ;[waiting] = (await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['attention'],
    recipe: { ...shortRecipe, epochs: 1000 },
    seeds: [1],
  })) as [Run]
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const compare = (runs?: number[]) => opened.calls.comparisons.compare({ dataset: workspace.dataset, ...(runs && { runs }) })

describe('compare', () => {
  it('puts completed runs with the same test part side by side, and says why others are left out', async () => {
    const comparison = await compare()
    const [full, baseline] = byGroup as [Run, Run]
    expect(comparison.cellTypes).toEqual(CELL_TYPES)
    expect(comparison.rows.map(({ run, variant, cellType }) => [run, variant, cellType])).toEqual([
      [baseline.id, 'baseline', 'HepG2'],
      [baseline.id, 'baseline', 'K562'],
      [baseline.id, 'baseline', 'all'],
      [full.id, 'full', 'HepG2'],
      [full.id, 'full', 'K562'],
      [full.id, 'full', 'all'],
    ])
    expect(comparison.rows[2]!.pearson).toBe(baseline.testPearson)
    expect(comparison.rows[0]!.n).toBe(comparison.testElements)
    const named = byName[0]!
    expect(comparison.leftOut).toEqual([
      {
        run: named.id,
        reason: expect.stringMatching(
          /^Tested on other elements: its split is “By name, seed \d+”, that of the runs compared “By group, seed \d+”\.$/,
        ) as string,
      },
    ])
  })

  it('compares the runs that are named', async () => {
    const comparison = await compare([byName[0]!.id, byName[0]!.id, waiting.id])
    expect(comparison.rows.map(({ run }) => run)).toEqual([byName[0]!.id, byName[0]!.id, byName[0]!.id])
    expect(comparison.leftOut).toEqual([{ run: waiting.id, reason: 'Not trained to its end yet.' }])
  })

  it('takes the newest of two sets of the same size', async () => {
    const comparison = await compare([byName[0]!.id, byGroup[0]!.id])
    expect(new Set(comparison.rows.map(({ run }) => run))).toEqual(new Set([byName[0]!.id]))
  })

  it('has no rows where nothing is completed', async () => {
    expect(await compare([])).toMatchObject({ rows: [], leftOut: [], testElements: 0 })
  })

  it('says which dataset or run is not there', async () => {
    await expect(opened.calls.comparisons.compare({ dataset: 99 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(compare([99])).rejects.toThrow('There is no run 99 in this workspace.')
  })
})
