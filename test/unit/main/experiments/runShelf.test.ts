import Database from 'better-sqlite3'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DATABASE_FILE } from '../../../../src/main/db/openDatabase.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

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

const launch = (seeds: number[]): Promise<Run[]> =>
  opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['baseline'],
    recipe: shortRecipe,
    seeds,
  })
const checkpoints = () => readdirSync(join(workspace.folder, 'checkpoints')).sort()
const listed = async (binned = false) => (await opened.calls.experiments.runs({ binned })).map(({ id }) => id)
function inDatabase<T>(work: (database: Database.Database) => T): T {
  const database = new Database(join(workspace.folder, DATABASE_FILE))
  try {
    return work(database)
  } finally {
    database.close()
  }
}

describe('what a person says of a run', () => {
  it('is kept, what is left out as it was, and told', async () => {
    const { experiments } = opened.calls
    await experiments.pauseQueue({})
    const [run] = await launch([1])
    expect(run).toMatchObject({ name: '', notes: '', tags: [], starred: false, binnedAt: null })
    const told: Run[] = []
    opened.on('runs.changed', (changed) => told.push(changed))
    await experiments.annotate({ id: run!.id, name: ' first try ', tags: ['a', 'b', 'a'], starred: true })
    const annotated = await experiments.annotate({ id: run!.id, notes: 'on\ntwo lines' })
    expect(annotated).toMatchObject({ name: 'first try', notes: 'on\ntwo lines', tags: ['a', 'b'], starred: true })
    expect(told.at(-1)).toEqual(annotated)
    expect((await experiments.runs({}))[0]).toEqual(annotated)
    await expect(experiments.annotate({ id: 99, starred: true })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the bin of runs', () => {
  it('takes runs that are over, all or none, and gives them back', async () => {
    const { experiments } = opened.calls
    const [a, b] = await launch([1, 2])
    for (const { id } of [a!, b!]) await opened.until(id, 'completed')
    await experiments.pauseQueue({})
    const [waiting] = await launch([3])
    await expect(experiments.bin({ ids: [a!.id, waiting!.id] })).rejects.toThrow(`Run ${waiting!.id} is training, or waiting to.`)
    await expect(experiments.bin({ ids: [a!.id, 99] })).rejects.toMatchObject({ code: 'not-found' })
    expect(await listed()).toEqual([waiting!.id, b!.id, a!.id])
    await experiments.bin({ ids: [a!.id, b!.id] })
    expect(await listed()).toEqual([waiting!.id])
    expect(await listed(true)).toEqual([b!.id, a!.id])
    expect((await experiments.run({ id: a!.id })).binnedAt).not.toBeNull()
    await expect(experiments.reproduce({ id: a!.id })).rejects.toThrow(`Run ${a!.id} is in the bin.`)
    await experiments.restore({ ids: [a!.id] })
    expect(await listed()).toEqual([waiting!.id, a!.id])
    expect((await experiments.run({ id: a!.id })).binnedAt).toBeNull()
    await expect(experiments.purge({ ids: [a!.id, b!.id] })).rejects.toThrow(`Run ${a!.id} is not in the bin.`)
    expect(await listed(true)).toEqual([b!.id])
  })

  it('lets none be resumed from it', async () => {
    const { experiments } = opened.calls
    await experiments.pauseQueue({})
    const [run] = await launch([1])
    await experiments.stop({ id: run!.id })
    await experiments.bin({ ids: [run!.id] })
    await expect(experiments.resume({ id: run!.id })).rejects.toThrow(`Run ${run!.id} is in the bin.`)
  })

  it('deletes runs for good with all that is theirs, tells what that frees, and never gives their numbers again', async () => {
    const { experiments } = opened.calls
    const [a] = await launch([1])
    await opened.until(a!.id, 'completed')
    const repeated = await experiments.reproduce({ id: a!.id })
    await opened.until(repeated.id, 'completed')
    const [last] = await launch([2])
    await opened.until(last!.id, 'completed')
    writeFileSync(join(workspace.folder, 'checkpoints', `run-${last!.id}-epoch-1.safetensors.damaged`), 'set aside')

    const gone = [a!.id, last!.id]
    await experiments.bin({ ids: gone })
    const { bytes, ensembles } = await experiments.dependents({ ids: gone })
    expect(ensembles).toEqual([])
    expect(bytes).toBeGreaterThan(10_000)
    const removed: number[][] = []
    opened.on('runs.removed', ({ ids }) => removed.push(ids))
    expect(await experiments.purge({ ids: gone })).toEqual({ bytes })
    expect(removed).toEqual([gone])
    expect(checkpoints()).toEqual([`run-${repeated.id}-model.safetensors`])
    expect(await listed(true)).toEqual([])
    expect(await experiments.run({ id: repeated.id })).toMatchObject({ reproduces: null, state: 'completed' })
    inDatabase((database) => {
      for (const table of ['epochs', 'checkpoints', 'measures', 'predictions']) {
        const runs = database.prepare(`SELECT DISTINCT run FROM ${table}`).pluck().all()
        expect(runs, table).toEqual([repeated.id])
      }
      expect(database.prepare('SELECT count(*) FROM experiments').pluck().get()).toBe(1)
    })
    const [next] = await launch([3])
    expect(next!.id).toBe(last!.id + 1)
    await opened.until(next!.id, 'completed')

    // A dataset that has no run any more can be deleted, too.
    const rest = [repeated.id, next!.id]
    await experiments.bin({ ids: rest })
    await experiments.purge({ ids: rest })
    await opened.calls.datasets.bin({ id: workspace.dataset })
    await opened.calls.datasets.purge({ id: workspace.dataset })
  })

  it('keeps runs that an ensemble is made of, and all that were to be deleted with them', async () => {
    const { experiments } = opened.calls
    const ids = (await launch([1, 2])).map(({ id }) => id)
    for (const id of ids) await opened.until(id, 'completed')
    const { id } = await opened.calls.ensembles.make({ name: 'both', runs: ids })
    await experiments.bin({ ids })
    expect(await experiments.dependents({ ids })).toMatchObject({ ensembles: [{ id, name: 'both' }] })
    await expect(experiments.purge({ ids })).rejects.toThrow('An ensemble is made of these runs: both.')
    expect(await listed(true)).toEqual(ids.toReversed())
  })
})
