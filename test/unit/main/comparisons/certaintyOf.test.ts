import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { certaintyOf, type CertaintyRequest } from '../../../../src/main/comparisons/certaintyOf.ts'
import type { EstimateMemory } from '../../../../src/main/comparisons/estimateLines.ts'
import { ContentCache } from '../../../../src/main/datasets/explore/contentCache.ts'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import { savePredictions } from '../../../../src/main/db/results.ts'
import { createExperiment } from '../../../../src/main/db/runs.ts'
import { insertSplit } from '../../../../src/main/db/splits.ts'
import { comparisonSelectionSchema } from '../../../../src/shared/domain/comparison.ts'
import { splitSettingsSchema } from '../../../../src/shared/domain/split.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { CELL_TYPES, ELEMENTS, makeWorkspace, shortRecipe } from '../support/smallWorkspace.ts'

const AT = '2026-01-02T03:04:05.000Z'
/** One element in eight is for testing. */
const TESTED = ELEMENTS / 8

let workspace: ReturnType<typeof makeWorkspace>
let database: ReturnType<typeof openDatabase>
let split: number
beforeEach(() => {
  workspace = makeWorkspace()
  database = openDatabase(workspace.folder)
  split = insertSplit(database, {
    dataset: workspace.dataset,
    name: 'By group, seed 1',
    settings: splitSettingsSchema.parse({ kind: 'group', seed: 1 }),
    createdAt: AT,
    assignment: Uint8Array.from({ length: ELEMENTS }, (_, i) => (i % 8 === 0 ? 2 : i % 8 === 1 ? 1 : 0)),
    groups: ELEMENTS,
    leakage: { exact: 0, reverseComplement: 0, overlap: 0 },
    audit: [],
  }).id
})
afterEach(() => {
  database.close()
  workspace.remove()
})

/** Completed runs of one variant with a recipe each, and random predictions. */
function addLines(count: number): number[] {
  const chance = random(2)
  const ids = Array.from(
    { length: count },
    (_, i) =>
      createExperiment(database, {
        dataset: workspace.dataset,
        split,
        recipe: { ...shortRecipe, learningRate: 0.001 * (1 + i) },
        runs: [{ variant: 'full', seed: 1 }],
        createdAt: AT,
      })[0]!,
  )
  for (const id of ids) savePredictions(database, id, 'test', Float32Array.from({ length: TESTED * CELL_TYPES.length }, chance.normal))
  database.prepare(`UPDATE runs SET state = 'completed', queue_position = NULL`).run()
  return ids
}

/** Asks as the page does; `told` hears how many resamples are done. */
function ask(memory: EstimateMemory, told: number[] = [], breathe = async () => {}) {
  const request: CertaintyRequest = {
    ...comparisonSelectionSchema.parse({ dataset: workspace.dataset }),
    ...{ measure: 'pearson', resamples: 200, seed: 1 },
  }
  const watched = { signal: new AbortController().signal, breathe, told: (done: number) => told.push(done) }
  return certaintyOf({ database, contents: new ContentCache(database) }, request, watched, memory)
}

describe('certaintyOf', () => {
  it('resamples once what is asked twice, and anew where something else is compared', async () => {
    const [first] = addLines(2)
    const memory: EstimateMemory = new Map()
    const steps: number[] = []
    const before = await ask(memory, steps)
    expect(steps.length).toBeGreaterThan(1)
    const again: number[] = []
    expect(await ask(memory, again)).toEqual(before)
    expect(again).toEqual([200])
    database.prepare('UPDATE runs SET binned_at = ? WHERE id = ?').run(AT, first!)
    const alone = await ask(memory)
    expect(alone.pairs).toEqual([])
    expect(alone.cells).toEqual(before.cells.filter(({ line }) => line === alone.cells[0]!.line).map((cell) => ({ ...cell, best: false })))
    expect(memory.size).toBe(2)
  })

  it('refuses more lines than can be told apart', async () => {
    addLines(51)
    await expect(ask(new Map())).rejects.toThrow('These runs make 51 lines')
  })

  it('says which run was deleted while it was read', async () => {
    const [, second] = addLines(2)
    const deleteSecond = async () => void database.prepare('DELETE FROM runs WHERE id = ?').run(second!)
    await expect(ask(new Map(), [], deleteSecond)).rejects.toMatchObject({
      code: 'not-found',
      message: `The results of run ${second!} are not in this workspace any more.`,
    })
  })
})
