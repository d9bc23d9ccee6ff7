import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scanOptionsSchema } from '../../../src/shared/domain/scan.ts'
import { openDatabase } from '../../../src/main/db/openDatabase.ts'
import { moveRun } from '../../../src/main/db/runs.ts'
import { createScan } from '../../../src/main/db/scans.ts'
import { recipes } from '../../../src/shared/domain/recipe.ts'
import { longRecipe, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from './support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench | undefined
beforeEach(() => (workspace = makeWorkspace()))
afterEach(async () => {
  await opened?.workbench.close()
  workspace.remove()
})

const launch = ({ calls }: OpenedWorkbench, recipe = longRecipe) =>
  calls.experiments.launch({ dataset: workspace.dataset, split: { kind: 'group', seed: 1 }, variants: ['baseline'], recipe, seeds: [1] })

describe('openWorkbench', () => {
  it('makes the folders of a workspace and clears away what a session before left', async () => {
    opened = await openSmall(workspace.folder)
    writeFileSync(join(opened.workbench.uploadsFolder, 'old'), 'x')
    writeFileSync(join(workspace.folder, 'checkpoints', 'run-1-epoch-1.safetensors.part'), 'x')
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    expect(readdirSync(workspace.folder).sort()).toEqual(
      expect.arrayContaining(['checkpoints', 'exports', 'logs', 'uploads', 'workbench.db']),
    )
    expect([...readdirSync(opened.workbench.uploadsFolder), ...readdirSync(join(workspace.folder, 'checkpoints'))]).toEqual([])
  })

  it('marks what a crash left under way', async () => {
    opened = await openSmall(workspace.folder, { trainQueued: false })
    const [run] = await launch(opened)
    await opened.calls.experiments.stop({ id: run!.id })
    await opened.workbench.close()
    // A core that is killed leaves its rows as they stand: that is written here by hand.
    const database = openDatabase(workspace.folder)
    for (const state of ['queued', 'starting', 'running'] as const) moveRun(database, run!.id, state, '2026-01-02T03:04:05.000Z')
    createScan(database, {
      name: 'left',
      models: [{ reference: { run: run!.id }, name: 'm', target: 'log2', cellTypes: ['HepG2'], length: 52, members: 1 }],
      columns: [{ key: 'HepG2', model: 0, cellType: 'HepG2' }],
      target: 'log2',
      options: scanOptionsSchema.parse({}),
      layout: 'fasta',
      file: 'x.fa',
      modelLength: 52,
      windowLength: 52,
      records: null,
      createdAt: '2026-01-02T03:04:05.000Z',
      source: { source: { kind: 'text', text: '>a\nA\n', name: 'x.fa' }, fingerprint: '' },
    })
    database.close()
    // Readers see it for what it is before anybody has written that down.
    const reader = await openSmall(workspace.folder, { readOnly: true })
    expect((await reader.calls.scans.list({})).map(({ state }) => state)).toEqual(['interrupted'])
    expect((await reader.calls.experiments.runs({})).map(({ state }) => state)).toEqual(['interrupted'])
    await reader.workbench.close()
    opened = await openSmall(workspace.folder)
    expect(await opened.calls.experiments.run({ id: run!.id })).toMatchObject({
      state: 'interrupted',
      message: 'The workbench was ended in the middle of this run; resume starts from the beginning.',
    })
    expect(await opened.calls.scans.list({})).toMatchObject([{ name: 'left', state: 'interrupted' }])
  })

  it('lets others look while one writes, and write when it has closed', async () => {
    opened = await openSmall(workspace.folder)
    const [run] = await launch(opened, shortRecipe)
    await opened.until(run!.id, 'completed')
    await expect(openSmall(workspace.folder)).rejects.toMatchObject({ code: 'conflict' })
    const reader = await openSmall(workspace.folder, { readOnly: true })
    expect(await reader.calls.experiments.runs({})).toMatchObject([{ id: run!.id, state: 'completed' }])
    expect((await reader.calls.comparisons.compare({ dataset: workspace.dataset })).rows).toHaveLength(3)
    expect((await reader.calls.datasets.list({})).map(({ name }) => name)).toEqual(['small'])
    expect((await reader.calls.workspace.info({})).readOnly).toBe(true)
    const refused = [
      reader.calls.experiments.stop({ id: run!.id }),
      reader.calls.datasets.rename({ id: workspace.dataset, name: 'x' }),
      reader.calls.workspace.changeSettings({ theme: 'dark' }),
      reader.calls.scans.start({ models: [{ run: run!.id }], name: 'x', source: { kind: 'text', text: '>a\nA', name: 'x' } }),
    ]
    for (const call of refused) await expect(call).rejects.toThrow('This workspace is open for reading only.')
    await reader.workbench.close()
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    expect(await opened.calls.experiments.runs({})).toHaveLength(1)
  })

  it('makes nothing where it may only look', async () => {
    const nowhere = join(workspace.folder, 'not there')
    await expect(openSmall(nowhere, { readOnly: true })).rejects.toMatchObject({ code: 'not-found' })
    expect(existsSync(nowhere)).toBe(false)
  })

  it('tells its size, its versions and keeps its settings', async () => {
    opened = await openSmall(workspace.folder)
    const { folder, bytes, freeBytes, readOnly, versions } = await opened.calls.workspace.info({})
    expect(folder).toBe(workspace.folder)
    expect(bytes).toBeGreaterThan(10_000)
    expect(freeBytes).toBeGreaterThan(0)
    expect(readOnly).toBe(false)
    expect(versions).toMatchObject({
      workbench: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      node: process.versions.node,
      sqlite: expect.stringMatching(/^3\./) as string,
    })
    expect(await opened.calls.workspace.settings({})).toEqual({ theme: 'system', uploadLimitGiB: 5 })
    await opened.calls.workspace.changeSettings({ theme: 'dark' })
    await opened.calls.workspace.changeSettings({ uploadLimitGiB: 20 })
    expect(await opened.calls.workspace.settings({})).toEqual({ theme: 'dark', uploadLimitGiB: 20 })
    expect(opened.workbench.uploadLimit()).toBe(20 * 2 ** 30)
    expect(await opened.calls.engine.status({})).toMatchObject({ state: 'stopped' })
  })

  it('launches nothing on a dataset that is not there', async () => {
    opened = await openSmall(workspace.folder)
    const missing = opened.calls.experiments.launch({
      dataset: 99,
      split: { kind: 'group', seed: 1 },
      variants: ['full'],
      recipe: recipes.seed,
      seeds: [1],
    })
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
    expect(await opened.calls.experiments.runs({})).toEqual([])
  })

  it('can be closed twice', async () => {
    opened = await openSmall(workspace.folder)
    await Promise.all([opened.workbench.close(), opened.workbench.close()])
  })
})
