import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readPredictions } from '../../../../src/main/db/results.ts'
import { longRecipe, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
beforeEach(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
})
afterEach(async () => {
  await opened.workbench.close()
  workspace.remove()
})
type Launch = Parameters<OpenedWorkbench['calls']['experiments']['launch']>[0]
const request = (more: Partial<Launch> = {}): Launch => ({
  dataset: workspace.dataset,
  split: { kind: 'group', seed: 1 },
  variants: ['embedding'],
  recipe: shortRecipe,
  seeds: [1],
  ...more,
})

describe('experiments.estimate', () => {
  it('measures a second of training for each variant, once, and writes nothing', async () => {
    const { experiments } = opened.calls
    const stages: unknown[] = []
    const all = request({
      variants: ['baseline', 'full'],
      seeds: [1, 2],
      split: [
        { kind: 'group', seed: 1 },
        { kind: 'name', seed: 1 },
      ],
    })
    const estimate = await experiments.estimate(all, { onProgress: (progress) => stages.push(progress) })
    expect(estimate).toMatchObject({ runs: 8, engine: 'tensorflow on CPU', secondsBefore: 0, rough: false })
    expect(estimate.variants.map(({ variant }) => variant)).toEqual(['baseline', 'full'])
    for (const { rowsPerSecond, secondsARun } of estimate.variants) {
      expect(rowsPerSecond).toBeGreaterThan(0)
      expect(secondsARun).toBeGreaterThan(0)
    }
    // Two at once, or one after another: between half of all and all of it.
    const alone = estimate.variants.reduce((sum, { secondsARun }) => sum + 4 * secondsARun, 0)
    expect(estimate.seconds).toBeGreaterThan(0.49 * alone)
    expect(estimate.seconds).toBeLessThan(1.01 * alone)
    expect(stages).toContainEqual({ stage: 'Training for a second', done: 1, total: 2 })
    expect(await experiments.runs({})).toEqual([])
    expect(await opened.calls.splits.list({ dataset: workspace.dataset })).toEqual([])
    // The same again is known by now, to the last digit.
    expect(await experiments.estimate(all)).toMatchObject({ seconds: estimate.seconds, variants: estimate.variants })
  })

  it('goes by completed runs of the same configuration where there are any', async () => {
    const { experiments } = opened.calls
    const recipe = { ...shortRecipe, epochs: 20 }
    const [launched] = await experiments.launch(request({ recipe }))
    const run = await opened.until(launched!.id, 'completed')
    const [known] = (await experiments.estimate(request({ recipe }))).variants
    // The core's clock counts steps in this test, so that only what is within the epochs can be compared.
    const longer = await experiments.estimate(request({ recipe: { ...recipe, epochs: 40 } }))
    expect(longer.variants[0]!.secondsARun - known!.secondsARun).toBeCloseTo(run.seconds, 5)
    expect(opened.engines).toHaveLength(1)
  })

  it('tells the room that a run takes on the disk', async () => {
    const { experiments } = opened.calls
    const { bytes, freeBytes } = await experiments.estimate(request())
    const [launched] = await experiments.launch(request())
    await opened.nextEpoch(launched!.id)
    const size = () =>
      readdirSync(join(workspace.folder, 'checkpoints')).map((file) => statSync(join(workspace.folder, 'checkpoints', file)).size)
    await opened.until(launched!.id, 'completed')
    const [model] = size()
    const database = openDatabaseForReading(workspace.folder)
    const predictions = (['validation', 'test'] as const).reduce(
      (sum, part) => sum + readPredictions(database, launched!.id, part)!.byteLength,
      0,
    )
    database.close()
    // With a checkpoint of twice to four times the model's size while it trains.
    expect(bytes).toBeGreaterThan(2 * model! + predictions)
    expect(bytes).toBeLessThan(6 * model! + predictions)
    expect(freeBytes).toBeGreaterThan(0)
  })

  it('measures nothing beside a run that trains, and says that what it tells then is rough', async () => {
    const { experiments } = opened.calls
    const [run] = await experiments.launch(request({ recipe: longRecipe }))
    await opened.nextEpoch(run!.id)
    const engines = opened.engines.length
    const nothing = await experiments.estimate(request({ variants: ['full'] }))
    expect(nothing).toMatchObject({ runs: 1, seconds: null, variants: [], rough: false })
    expect(opened.engines).toHaveLength(engines)
    await experiments.stop({ id: run!.id })
    await opened.until(run!.id, 'cancelled')

    const measured = await experiments.estimate(request({ variants: ['full'] }))
    expect(measured).toMatchObject({ rough: false })
    await experiments.resume({ id: run!.id })
    await opened.until(run!.id, 'running')
    const rough = await experiments.estimate(request({ variants: ['attention'] }))
    expect(rough).toMatchObject({ rough: true })
    expect(rough.seconds).toBeGreaterThan(0)
    expect((await experiments.estimate(request({ variants: ['full'], seeds: [1] }))).secondsBefore).not.toBe(0)
    await experiments.stop({ id: run!.id })
    await opened.until(run!.id, 'cancelled')
  })

  it('is refused as the launch would be', async () => {
    const { experiments } = opened.calls
    await expect(experiments.estimate(request({ dataset: 99 }))).rejects.toMatchObject({ code: 'not-found' })
    await expect(experiments.estimate(request({ split: { kind: 'chromosome', seed: 1 } }))).rejects.toMatchObject({ code: 'invalid-input' })
    expect(opened.engines).toHaveLength(0)
  })
})
