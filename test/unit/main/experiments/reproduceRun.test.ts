import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATABASE_FILE } from '../../../../src/main/db/openDatabase.ts'
import { readSafetensors, writeSafetensors } from '../../../../src/main/experiments/safetensors.ts'
import { recipes, type Recipe } from '../../../../src/shared/domain/recipe.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { makeWorkspace, openSmall, type OpenedWorkbench } from '../support/smallWorkspace.ts'

/** The settings that came later are as they were before there was a choice. */
const earlier = { momentum: 0.9, loss: 'mse', huberDelta: 1, target: 'log2', shift: 0 } as const
const recipe: Recipe = { ...recipes.default, ...earlier, epochs: 3, batchSize: 32 }
let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let original: Run
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const split = { kind: 'group', seed: 4 } as const
  const [launched] = await opened.calls.experiments.launch({ dataset: workspace.dataset, split, variants: ['full'], recipe, seeds: [9] })
  original = await opened.until(launched!.id, 'completed')
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const reproduce = async (id: number) => opened.until((await opened.calls.experiments.reproduce({ id })).id, 'completed')
function change(sql: string): void {
  const database = new Database(join(workspace.folder, DATABASE_FILE))
  database.exec(sql)
  database.close()
}

describe('a run that repeats another', () => {
  it('is of the same dataset, split, variant, recipe and seed, and gives the same weights to the last bit', async () => {
    const run = await reproduce(original.id)
    const { variant, seed, dataset, split } = original
    expect(run).toMatchObject({ variant, seed, dataset, split, recipe, testPearson: original.testPearson })
    expect((await opened.calls.experiments.run({ id: run.id })).reproduces).toBe(original.id)
    expect(await opened.calls.experiments.reproduction({ id: run.id })).toEqual({
      original: original.id,
      equal: true,
      largestDifference: 0,
      differences: [],
    })
    expect(await opened.calls.experiments.reproduction({ id: original.id })).toBeNull()
  })

  it('says by how much it differs, and what was otherwise', async () => {
    const run = await reproduce(original.id)
    // As if it had been trained elsewhere: one weight is moved, and what is kept of the machine.
    const file = join(workspace.folder, 'checkpoints', `run-${run.id}-model.safetensors`)
    const content = readSafetensors(readFileSync(file))
    content.tensors['head.3.bias']!.values[0]! += 0.25
    const bytes = writeSafetensors(content)
    writeFileSync(file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    change(`UPDATE checkpoints SET sha256 = '${sha256}' WHERE run = ${run.id};
      UPDATE runs SET engine = 'wasm on CPU (WebAssembly)', versions = '{"tfjs":"9.9.9"}',
        provenance = json_set(provenance, '$.machine.cores', 1000, '$.notes', json('["Batches were halved."]'),
          '$.earlier', json_array(json_object('epochs', 2, 'engine', 'cpu on CPU', 'versions', json('{}'),
            'machine', json_extract(provenance, '$.machine')))) WHERE id = ${run.id}`)
    const reproduction = (await opened.calls.experiments.reproduction({ id: run.id }))!
    expect(reproduction).toMatchObject({ original: original.id, equal: false })
    expect(reproduction.largestDifference).toBeCloseTo(0.25, 6)
    expect(reproduction.differences).toEqual(
      expect.arrayContaining([
        'Engine: tensorflow on CPU then, wasm on CPU (WebAssembly) now.',
        expect.stringMatching(/^Version of tfjs: .* then, 9\.9\.9 now\.$/),
        expect.stringMatching(/^Cores: \d+ then, 1000 now\.$/),
        expect.stringMatching(new RegExp(`^Up to epoch 2 run ${run.id} was trained with cpu on CPU, on .+\\.$`)),
        `Run ${run.id}: Batches were halved.`,
      ]),
    )
  })

  it('can be of a run from before a setting was added to the recipe', async () => {
    change(
      `UPDATE runs SET recipe = json_remove(recipe, '$.momentum', '$.loss', '$.huberDelta', '$.target', '$.shift') WHERE id = ${original.id}`,
    )
    expect((await opened.calls.experiments.run({ id: original.id })).recipe).toEqual(recipe)
    const run = await reproduce(original.id)
    expect(run.recipe).toEqual(recipe)
    expect(await opened.calls.experiments.reproduction({ id: run.id })).toMatchObject({ equal: true })
  })

  it('is refused where there is no result to reproduce', async () => {
    const split = { kind: 'group', seed: 4 } as const
    const long = { ...recipe, epochs: 1000 }
    const [run] = await opened.calls.experiments.launch({ dataset: workspace.dataset, split, variants: ['full'], recipe: long, seeds: [1] })
    await expect(opened.calls.experiments.reproduce({ id: run!.id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(opened.calls.experiments.reproduce({ id: 99 })).rejects.toMatchObject({ code: 'not-found' })
    await opened.calls.experiments.stop({ id: run!.id })
    await opened.until(run!.id, 'cancelled')
  })

  it('knows on what it was trained', async () => {
    const { provenance, versions, splitName } = await opened.calls.experiments.run({ id: original.id })
    expect(provenance).toMatchObject({
      machine: { cores: expect.any(Number) as number, platform: `${process.platform} ${process.arch}`, gpu: null },
      datasetFingerprint: 'small',
      splitFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(splitName).toBe('By group, seed 4')
    expect(Object.keys(versions)).toContain('tensorflow')
  })
})
