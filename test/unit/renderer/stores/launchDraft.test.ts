import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { createWorkbench, workbenchKey } from '../../../../src/renderer/connection/workbench.ts'
import { useDatasets } from '../../../../src/renderer/stores/datasets.ts'
import { useLaunchDraft } from '../../../../src/renderer/stores/launchDraft.ts'
import { draftOfSplit } from '../../../../src/renderer/stores/splitDraft.ts'
import { recipeFields, type NumberField } from '../../../../src/renderer/text/recipeFields.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import type { DatasetSummary } from '../../../../src/shared/domain/dataset.ts'
import type { RunDetail } from '../../../../src/shared/domain/run.ts'
import type { Split } from '../../../../src/shared/domain/split.ts'
import type { WorkbenchClient } from '../../../../src/shared/contract/workbench.ts'

const epochs = recipeFields.find((field): field is NumberField => field.key === 'epochs')!
type Launch = WorkbenchClient['experiments']['launch']

/** The store as a page has it, on a workbench that is not connected: what would be sent goes to `launch`. */
function page(launch: Launch = () => Promise.resolve([]), answers: { run?: unknown; splits?: unknown; bin?: unknown } = {}) {
  const { calls, ...workbench } = createWorkbench(() => new Promise(() => undefined))
  const app = createApp({})
  app.use(createPinia())
  const experiments = { ...calls.experiments, launch, run: () => Promise.resolve(answers.run as RunDetail) }
  const datasets = { ...calls.datasets, list: () => Promise.resolve((answers.bin ?? []) as DatasetSummary[]) }
  const splits = { ...calls.splits, list: () => Promise.resolve((answers.splits ?? []) as Split[]) }
  app.provide(workbenchKey, { ...workbench, calls: { ...calls, experiments, datasets, splits } })
  return app.runWithContext(() => {
    useDatasets().put({ id: 4, name: 'Joint library', binnedAt: null, length: 200, cellTypes: [{}, {}] } as unknown as DatasetSummary)
    return useLaunchDraft()
  })
}

describe('the launch draft', () => {
  it('begins with the newest dataset and nothing to put away', () => {
    const launch = page()
    expect(launch.draft.dataset).toBe(4)
    expect(launch.touched).toBe(false)
    expect(launch.plan).toHaveProperty('launch')
  })

  it('keeps a number as it is typed, and its last right value', () => {
    const launch = page()
    launch.typeNumber(0, epochs, '1,000')
    expect(launch.draft.recipes[0]!.recipe.epochs).toBe(1000)
    launch.typeNumber(0, epochs, '1,000,')
    expect(launch.draft.recipes[0]!.typed.epochs).toBe('1,000,')
    expect(launch.draft.recipes[0]!.recipe.epochs).toBe(1000)
    expect(launch.problems[0]).toHaveProperty('epochs')
    expect(launch.plan).toHaveProperty('problem')
  })

  it('is not filled from a run whose dataset is in the bin, and says so', async () => {
    const run = { id: 3, dataset: 9, datasetName: 'Old library', recipe: recipes.seed, variant: 'full', seed: 1, split: 1 }
    const launch = page(undefined, { run, bin: [{ id: 8 }, { id: 9 }] })
    await launch.fill(3)
    expect(launch.fillError?.message).toBe('The dataset of run 3, Old library, is in the bin.')
    expect(launch.draft).toMatchObject({ dataset: 4, from: null })
  })

  it('is filled from a run, its split as it was made', async () => {
    const run = { id: 3, dataset: 4, datasetName: 'Joint library', recipe: recipes.seed, variant: 'full', seed: 7, split: 2 }
    const splits = [1, 2].map((id) => ({ id, dataset: 4, settings: { kind: 'kfold', seed: 5, folds: 4, fold: id } }) as Split)
    const launch = page(undefined, { run, splits, bin: [{ id: 8 }] })
    await launch.fill(3)
    expect(launch.fillError).toBeNull()
    expect(launch.draft).toMatchObject({ dataset: 4, from: 3, variants: ['full'], seeds: '7', recipes: [{ recipe: recipes.seed }] })
    expect(launch.draft.split).toEqual(draftOfSplit(splits[1]!))
  })

  it('restores one setting, or all', () => {
    const launch = page()
    launch.typeNumber(0, epochs, 'x')
    launch.set(0, 'optimizer', 'sgd')
    launch.set(0, 'strands', 'forward')
    launch.restore(0, 'epochs')
    launch.restore(0, 'optimizer')
    expect(launch.problems).toEqual([{}])
    expect(launch.draft.recipes[0]!.recipe).toEqual({ ...recipes.default, strands: 'forward' })
    launch.restoreAll(0)
    expect(launch.draft.recipes[0]!.recipe).toEqual(recipes.default)
  })

  it('forgets what was typed with the recipe that it was typed for', () => {
    const launch = page()
    launch.typeNumber(0, epochs, '0')
    launch.chooseRecipe(0, 'seed')
    expect(launch.draft.recipes[0]!.recipe).toEqual(recipes.seed)
    expect(launch.problems).toEqual([{}])
  })

  it('takes another recipe beside the first, to be changed or taken away by itself', () => {
    const launch = page()
    launch.addRecipe()
    launch.typeNumber(1, epochs, '7')
    expect(launch.draft.recipes.map(({ recipe }) => [recipe.name, recipe.epochs])).toEqual([['default', 20], ['seed', 7]]) // prettier-ignore
    launch.addRecipe()
    expect(launch.plan).toEqual({ problem: 'Recipes 2 and 3 are the same: change one of them, or take it away.' })
    expect(new Set(launch.draft.recipes.map(({ key }) => key)).size).toBe(3)
    launch.typeNumber(2, epochs, 'x')
    expect(launch.problems.map((one) => Object.keys(one))).toEqual([[], [], ['epochs']])
    launch.removeRecipe(1)
    launch.restore(1, 'epochs')
    expect(launch.plan).toMatchObject({ launch: { recipe: [recipes.default, recipes.seed] } })
  })

  it('is sent once, however often it is asked, and is fresh afterwards', async () => {
    const answer = Promise.withResolvers<Awaited<ReturnType<Launch>>>()
    const send = vi.fn<Launch>(() => answer.promise)
    const launch = page(send)
    launch.draft.seeds = '1-3'
    const first = launch.submit()
    expect(await launch.submit()).toBeUndefined()
    answer.resolve([])
    expect(await first).toEqual([])
    expect(send).toHaveBeenCalledOnce()
    expect(send.mock.calls[0]![0].seeds).toEqual([1, 2, 3])
    expect(launch.touched).toBe(false)
  })

  it('stays as it is when it was refused, with the reason until something is changed', async () => {
    const launch = page(() => Promise.reject(new WorkbenchError('invalid-input', 'No element has a value.')))
    launch.draft.seeds = '5'
    expect(await launch.submit()).toBeUndefined()
    expect(launch.draft.seeds).toBe('5')
    expect(launch.launchError?.message).toBe('No element has a value.')
    launch.draft.variants = ['full']
    expect(launch.launchError).toBeNull()
  })
})
