import { describe, expect, it } from 'vitest'
import { createExperiment, moveRun } from '../../../../../src/main/db/runs.ts'
import { recipes } from '../../../../../src/shared/domain/recipe.ts'
import { contentOf, now, sequenceOf, testShelf, type TestShelf } from './shelfFixtures.ts'

const some = contentOf([
  { name: 'a', sequence: sequenceOf(1), activities: { HepG2: [1, 1.5], K562: [0, null] } },
  { name: 'b', sequence: sequenceOf(2), activities: { HepG2: [-1, -0.5], K562: [2, 2.5] } },
  { name: 'c', sequence: sequenceOf(3), activities: { HepG2: [0, 0.25], K562: [null, null] } },
])

const trainOn = ({ database }: TestShelf, dataset: number): number => {
  const split = database
    .prepare(
      `INSERT INTO splits (dataset, name, kind, seed, settings, created_at, assignment, groups, leakage)
       VALUES (?, 'x', 'group', 1, '{}', ?, x'000102', 3, '{"exact":0,"reverseComplement":0,"overlap":0}')`,
    )
    .run(dataset, now().toISOString()).lastInsertRowid
  return createExperiment(database, {
    dataset,
    split,
    recipe: recipes.seed,
    runs: [{ variant: 'baseline', seed: 1 }],
    createdAt: now().toISOString(),
  })[0]!
}

describe('the shelf of datasets', () => {
  it('keeps notes, tags and the star, each by itself, and tells every page', async () => {
    const { shelf, store, events } = testShelf()
    const id = await store('first', some)
    expect((await shelf.list({}))[0]).toMatchObject({ notes: '', tags: [], starred: false, binnedAt: null })
    expect(await shelf.annotate({ id, notes: 'From the pilot.\nSee the lab book.', tags: [' pilot ', 'HepG2', 'pilot'] })).toMatchObject({
      notes: 'From the pilot.\nSee the lab book.',
      tags: ['pilot', 'HepG2'],
      starred: false,
    })
    expect(await shelf.annotate({ id, starred: true })).toMatchObject({ tags: ['pilot', 'HepG2'], starred: true })
    expect(events.at(-1)).toMatchObject({ name: 'datasets.changed', value: { id, starred: true } })
    await expect(shelf.annotate({ id, tags: ['  '] })).rejects.toThrow()
    await expect(shelf.annotate({ id: 99, starred: true })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('puts datasets into the bin, where they are out of the way, and takes them back', async () => {
    const { shelf, store, events } = testShelf()
    const id = await store('first', some)
    await store('second', some)
    await shelf.bin({ id })
    expect((await shelf.list({})).map(({ name }) => name)).toEqual(['second'])
    expect(await shelf.list({ binned: true })).toMatchObject([{ name: 'first', binnedAt: '2026-11-20T12:00:00.000Z' }])
    expect(events.at(-1)).toMatchObject({ value: { id, binnedAt: '2026-11-20T12:00:00.000Z' } })
    await expect(shelf.rename({ id: id + 1, name: 'first' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('in the bin') as unknown,
    })
    await shelf.restore({ id })
    await shelf.restore({ id })
    expect((await shelf.list({})).map(({ name }) => name)).toEqual(['second', 'first'])
  })

  it('deletes for good only from the bin, and says what it frees and what was made from it', async () => {
    const { shelf, store, events, database } = testShelf()
    const id = await store('first', some)
    const derived = await store('child', some, {
      kind: 'combination',
      parents: [{ id, name: 'first', fingerprint: 'x' }],
      elements: 'all',
      sameCellType: 'apart',
    })
    await store('no child', some, { kind: 'simulation', elements: id, seed: id })
    await expect(shelf.purge({ id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('not in the bin') as unknown,
    })
    await shelf.bin({ id })
    const dependents = await shelf.dependents({ id })
    // 3 elements of a name of 1 letter and 40 bases; 2 cell types of 3 floats and 2 replicates of as many.
    expect(dependents).toEqual({ runs: [], splits: 0, derived: [{ id: derived, name: 'child' }], bytes: 3 * 41 + 2 * 12 + 4 * 12 })
    expect(await shelf.purge({ id })).toEqual({ bytes: dependents.bytes })
    expect(events.at(-1)).toEqual({ name: 'datasets.removed', value: { id } })
    for (const table of ['elements', 'cell_types', 'replicates'])
      expect(database.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE dataset = ?`).get(id)!.n).toBe(0)
    expect((await shelf.origin({ id: derived }))?.kind).toBe('combination')
    expect((await shelf.list({})).map(({ name }) => name)).toEqual(['no child', 'child'])
  })

  it('keeps a dataset that has runs, and says so plainly', async () => {
    const workspace = testShelf()
    const { shelf, store, database } = workspace
    const id = await store('first', some)
    const run = trainOn(workspace, id)
    await expect(shelf.bin({ id })).rejects.toMatchObject({ code: 'conflict', message: 'A run is training on first, or waiting to.' })
    moveRun(database, run, 'cancelled', now().toISOString())
    await shelf.bin({ id })
    expect(await shelf.dependents({ id })).toMatchObject({ runs: [{ state: 'cancelled', count: 1 }], splits: 1 })
    await expect(shelf.purge({ id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('A run was trained on first') as unknown,
      details: { hint: expect.stringContaining('It can be deleted once no run needs it.') as unknown },
    })
    expect(await shelf.list({ binned: true })).toHaveLength(1)
  })

  it.each([
    ['report', '{"files": [', 'what its import saw cannot be read'],
    ['tags', '{}', 'its tags cannot be read'],
    ['adapters', 'null', 'its adapters cannot be read'],
    ['created_at', 'yesterday', 'what is stored as its createdAt makes no sense'],
  ])('shows one with a damaged %s as damaged, with the reason, and all others as they are', async (column, value, reason) => {
    const { shelf, store, database } = testShelf()
    const id = await store('broken', some)
    await store('whole', some)
    database.prepare(`UPDATE datasets SET ${column} = ? WHERE id = ?`).run(value, id)
    expect((await shelf.list({})).map(({ name }) => name)).toEqual(['whole'])
    expect(await shelf.damaged({})).toEqual([{ id, name: 'broken', reason, binned: false }])
    await expect(shelf.explore({ id })).rejects.toMatchObject({ code: 'unavailable', message: `The dataset broken is damaged: ${reason}.` })
    await shelf.bin({ id })
    expect(await shelf.damaged({})).toMatchObject([{ binned: true }])
    await shelf.purge({ id })
    expect(await shelf.damaged({})).toEqual([])
  })
})
