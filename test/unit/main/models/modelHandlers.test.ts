import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportedModel, ModelReference } from '../../../../src/shared/domain/model.ts'
import { losses, targets } from '../../../../src/shared/domain/recipe.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Scan, Score } from '../../../../src/shared/domain/scan.ts'
import {
  CELL_TYPES,
  LENGTH,
  makeWorkspace,
  openSmall,
  PREFIX,
  shortRecipe,
  SUFFIX,
  type OpenedWorkbench,
} from '../support/smallWorkspace.ts'

let here: ReturnType<typeof makeWorkspace>
let there: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let other: OpenedWorkbench
let files: string
let run: Run
let path: string
beforeAll(async () => {
  ;[here, there] = [makeWorkspace(), makeWorkspace()]
  files = mkdtempSync(join(tmpdir(), 'mödel files-'))
  opened = await openSmall(here.folder)
  other = await openSmall(there.folder)
  const split = { kind: 'group', seed: 1 } as const
  const recipe = { ...shortRecipe, strands: 'both', ambiguousBases: 'probabilities' } as const
  const [launched] = await opened.calls.experiments.launch({ dataset: here.dataset, split, variants: ['full'], recipe, seeds: [5] })
  run = await opened.until(launched!.id, 'completed')
  const { fileName, bytes } = await opened.calls.models.export({ run: run.id })
  path = join(files, fileName)
  writeFileSync(path, bytes)
})
afterAll(async () => {
  await opened.workbench.close()
  await other.workbench.close()
  for (const workspace of [here, there]) workspace.remove()
  rmSync(files, { recursive: true })
})

const fasta = `>construct\n${PREFIX}ACGGTTGACCATGGCATTACGGATCCATTGGCAACGTTCA${SUFFIX}\n>bare\nacggttgaccatggcattacggatccattggcaacgttca\n>with N\nACGNNNGACCATGGCATTACGGATCC\n`
async function scan(workbench: OpenedWorkbench, of: ModelReference): Promise<{ scan: Scan; scores: Score[] }> {
  const source = { kind: 'text', text: fasta, name: 'three.fa' } as const
  const { id } = await workbench.calls.scans.start({ models: [of], source, name: 'three' })
  const ended = Promise.withResolvers<void>()
  const stop = workbench.on('scans.changed', (changed) => {
    if (changed.id === id && changed.state !== 'running') ended.resolve()
  })
  if ((await workbench.calls.scans.get({ id })).state === 'running') await ended.promise
  stop()
  const { skippedRecords: _, ...scan } = await workbench.calls.scans.get({ id })
  return { scan, scores: (await workbench.calls.scans.scores({ id, offset: 0, limit: 10 })).scores }
}
const source = () => ({ kind: 'path', path }) as const

describe('a model in one file', () => {
  it('is what the run has in its workspace, byte for byte, under a name that says what it is', () => {
    expect(path).toBe(join(files, `small_full_run_${run.id}.safetensors`))
    expect(readFileSync(path)).toEqual(readFileSync(join(here.folder, 'checkpoints', `run-${run.id}-model.safetensors`)))
  })

  it('says all that is known of it before it is taken in', async () => {
    const seen = await other.calls.models.inspect({ source: source() })
    const detail = await opened.calls.experiments.run({ id: run.id })
    expect(seen).toMatchObject({
      file: `small_full_run_${run.id}.safetensors`,
      imported: null,
      description: {
        variant: 'full',
        length: LENGTH,
        cellTypes: CELL_TYPES,
        ambiguousBases: 'probabilities',
        strands: 'both',
        adapters: { treatment: 'keep', prefix: PREFIX, suffix: SUFFIX },
        target: { kind: 'log2', statistics: null },
        recipe: run.recipe,
        seed: 5,
        epochs: 3,
        epochOfWeights: 3,
        dataset: { name: 'small', fingerprint: 'small', elements: 240 },
        split: { kind: 'group', seed: 1, fingerprint: detail.provenance!.splitFingerprint },
        engine: run.engine,
        versions: detail.versions,
        machine: detail.provenance!.machine,
        testPearson: run.testPearson,
      },
    })
    expect(await other.calls.models.list({})).toEqual([])
  })

  it('scores in another workspace as it does where it was trained', async () => {
    const told: ImportedModel[] = []
    other.on('models.changed', (model) => told.push(model))
    const model = await other.calls.models.import({ source: source() })
    expect(model).toMatchObject({ name: `small_full_run_${run.id}`, removedAt: null })
    expect(told).toEqual([model])
    const [original, imported] = [await scan(opened, { run: run.id }), await scan(other, { model: model.id })]
    // What the training part says of a sequence, only a workspace that holds it can tell.
    const own = (of: readonly Score[]) => of.map((score) => ({ ...score, percentile: null, distance: null, flags: null }))
    expect(own(imported.scores)).toEqual(own(original.scores))
    for (const { percentile, distance } of imported.scores) expect([...percentile, distance]).toEqual([null, null, null])
    expect(imported.scores).toHaveLength(3)
    expect(imported.scan).toMatchObject({
      models: [{ reference: { model: model.id }, name: `small_full_run_${run.id}, imported` }],
      target: 'log2',
      columns: CELL_TYPES.map((cellType) => ({ key: cellType, model: 0, cellType })),
    })
    expect(original.scan).toMatchObject({ models: [{ reference: { run: run.id }, name: 'full, trained on small' }] })
    const [there, here] = await Promise.all([
      other.calls.scans.preflight({ models: [{ model: model.id }], source: { kind: 'text', text: fasta, name: 'three.fa' } }),
      opened.calls.scans.preflight({ models: [{ run: run.id }], source: { kind: 'text', text: fasta, name: 'three.fa' } }),
    ])
    // Whether they were seen in training, only a workspace with the data can tell.
    expect(there).toEqual({ ...here, seen: null })
    expect((await other.calls.models.export({ model: model.id })).bytes).toEqual(new Uint8Array(readFileSync(path)))
  })

  it('is one model however often it is taken in, can be renamed, and comes back out of the bin', async () => {
    const first = await other.calls.models.import({ source: source() })
    const { id } = await other.calls.models.import({ source: source(), name: 'another name' })
    expect(id).toBe(first.id)
    expect((await other.calls.models.inspect({ source: source() })).imported).toEqual(first)
    expect(await other.calls.models.rename({ id, name: ' Liver, 2026 ' })).toMatchObject({ name: 'Liver, 2026' })
    expect((await other.calls.models.remove({ id })).removedAt).not.toBeNull()
    await expect(
      other.calls.scans.preflight({ models: [{ model: id }], source: { kind: 'text', text: fasta, name: 'x' } }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: 'The model Liver, 2026 is in the bin.',
    })
    // The scans that it made keep its name.
    expect((await other.calls.scans.list({})).map(({ models }) => models[0]!.name)).toEqual(['small_full_run_1, imported'])
    expect(await other.calls.models.import({ source: source() })).toMatchObject({ id, removedAt: null, name: 'Liver, 2026' })
    await other.calls.models.remove({ id })
    expect(await other.calls.models.restore({ id })).toMatchObject({ id, removedAt: null })
    expect(await other.calls.models.list({})).toHaveLength(1)
    expect((await scan(other, { model: id })).scan.state).toBe('completed')
  })

  it('is the same where it comes compressed', async () => {
    const compressed = `${path}.gz`
    writeFileSync(compressed, gzipSync(readFileSync(path)))
    const plain = await other.calls.models.inspect({ source: source() })
    expect(await other.calls.models.inspect({ source: { kind: 'path', path: compressed } })).toEqual(plain)
  })

  it('is refused in words where it is damaged or foreign, and nothing is kept of it', async () => {
    const before = await other.calls.models.list({})
    const damaged = join(files, 'damaged.safetensors')
    const bytes = readFileSync(path)
    bytes[bytes.length - 5]! ^= 8
    writeFileSync(damaged, bytes)
    for (const call of [other.calls.models.inspect, other.calls.models.import]) {
      await expect(call({ source: { kind: 'path', path: damaged } })).rejects.toMatchObject({
        code: 'invalid-input',
        message: 'damaged.safetensors is damaged: its weights are not what was saved (the checksum differs). Nothing was changed.',
      })
      await expect(call({ source: { kind: 'text', text: '>a\nACGT\n', name: 'sequences.fa' } })).rejects.toThrow(
        /^sequences\.fa is not a model/,
      )
      await expect(call({ source: { kind: 'path', path: join(files, 'nowhere.safetensors') } })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    expect(await other.calls.models.list({})).toEqual(before)
  })

  it.each([...losses.map((loss) => ({ loss })), ...targets.map((target) => ({ target }))])('is whole with %o', async (changes) => {
    const split = { kind: 'group', seed: 1 } as const
    const recipe = { ...shortRecipe, epochs: 1, ...changes }
    const [launched] = await opened.calls.experiments.launch({ dataset: here.dataset, split, variants: ['embedding'], recipe, seeds: [1] })
    const { id } = await opened.until(launched!.id, 'completed')
    const file = join(files, `${Object.values(changes).join()}.safetensors`)
    writeFileSync(file, (await opened.calls.models.export({ run: id })).bytes)
    const { description } = await other.calls.models.inspect({ source: { kind: 'path', path: file } })
    expect(description.recipe).toEqual(recipe)
    const statistics = CELL_TYPES.map(() => ({ mean: expect.any(Number) as number, sd: expect.any(Number) as number }))
    expect(description.target).toEqual({ kind: recipe.target, statistics: recipe.target === 'log2' ? null : statistics })
  })

  it('cannot be had of a run that is not completed, and no model of a number that is not there', async () => {
    await expect(opened.calls.models.export({ run: 99 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(opened.calls.models.export({ model: 99 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(opened.calls.models.rename({ id: 99, name: 'x' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(opened.calls.models.export({ run: run.id, model: 1 })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
