import { createHash } from 'node:crypto'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../../../src/main/core.ts'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import { writeZip } from '../../../../src/main/files/writeZip.ts'
import { openZip } from '../../../../src/main/files/zipArchive.ts'
import { silentLog } from '../../../../src/main/logging/log.ts'
import { takeShared } from '../../../../src/main/sharing/takeShared.ts'
import { prepareFolders, workspaceFolders } from '../../../../src/main/workspace.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import type { Run, RunDetail } from '../../../../src/shared/domain/run.ts'
import { CELL_TYPES, ELEMENTS, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

let origin: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let runs: Run[]
let shared: Uint8Array
beforeAll(async () => {
  origin = makeWorkspace()
  opened = await openSmall(origin.folder)
  const launched = await opened.calls.experiments.launch({
    dataset: origin.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['baseline', 'embedding'],
    recipe: { ...shortRecipe, epochs: 2 },
    seeds: [1, 2],
  })
  runs = await Promise.all(launched.map(({ id }) => opened.until(id, 'completed')))
  runs[0] = await opened.calls.experiments.annotate({ id: runs[0]!.id, name: 'Größe 中', notes: 'a\nb', tags: ['x'], starred: true })
  const again = await opened.calls.experiments.reproduce({ id: runs[0].id })
  runs.push(await opened.until(again.id, 'completed'))
  shared = (await share(true)).bytes
})
afterAll(async () => {
  await opened.workbench.close()
  origin.remove()
})

const share = (sequences: boolean, of = runs) => opened.calls.experiments.share({ ids: of.map(({ id }) => id), sequences })

/** Another workspace with the real core, and the file in a folder beside it. */
async function elsewhere(bytes: Uint8Array) {
  const folder = temporaryFolder()
  const path = join(folder, 'été shared.experiment.zip')
  writeFileSync(path, bytes)
  const there = await openSmall(join(folder, 'workspace'))
  return { there, source: { kind: 'path', path } as const, folder: join(folder, 'workspace') }
}

const withoutIds = ({ id: _, experiment: _e, dataset: _d, split: _s, reproduces: _r, ...run }: RunDetail) => run

describe('shared runs', () => {
  it('are in another workspace what they are here, and compare to the same numbers', async () => {
    const { there, source } = await elsewhere(shared)
    try {
      const taken = await there.calls.experiments.takeShared({ source })
      expect(taken).toHaveLength(5)
      for (const [i, { id }] of taken.entries()) {
        const [here, from] = await Promise.all([there.calls.experiments.run({ id }), opened.calls.experiments.run({ id: runs[i]!.id })])
        expect(withoutIds(here)).toEqual(withoutIds(from))
      }
      expect((await there.calls.experiments.run({ id: taken[4]!.id })).reproduces).toBe(taken[0]!.id)
      expect(await there.calls.experiments.reproduction({ id: taken[4]!.id })).toMatchObject({ equal: true, largestDifference: 0 })

      const comparisons = await Promise.all(
        [[there, taken] as const, [opened, runs] as const].map(async ([{ calls }, of]) => {
          const places = new Map(of.map(({ id }, i) => [id, i]))
          const { rows, testElements, groups, ceilings } = await calls.comparisons.compare({ dataset: of[0]!.dataset })
          return {
            testElements,
            groups,
            ceilings,
            rows: rows.map(({ line: _, run, ...row }) => ({ ...row, run: run === null ? null : places.get(run) })),
          }
        }),
      )
      expect(comparisons[0]!.rows.length).toBeGreaterThan(0)
      expect(comparisons[0]).toEqual(comparisons[1])
      const predictions = await Promise.all([
        opened.calls.comparisons.predictions({ dataset: origin.dataset }),
        there.calls.comparisons.predictions({ dataset: taken[0]!.dataset }),
      ])
      expect(Buffer.from(predictions[1].bytes).equals(Buffer.from(predictions[0].bytes))).toBe(true)

      const exported = await Promise.all([
        opened.calls.models.export({ run: runs[0]!.id }),
        there.calls.models.export({ run: taken[0]!.id }),
      ])
      expect(Buffer.from(exported[1].bytes).equals(Buffer.from(exported[0].bytes))).toBe(true)
    } finally {
      await there.workbench.close()
    }
  })

  it('are the same bytes when they are shared again, here and from there', async () => {
    expect(Buffer.from((await share(true)).bytes).equals(Buffer.from(shared))).toBe(true)
    const { there, source } = await elsewhere(shared)
    try {
      const taken = await there.calls.experiments.takeShared({ source })
      const { bytes, fileName } = await there.calls.experiments.share({ ids: taken.map(({ id }) => id), sequences: true })
      expect(fileName).toBe('small 5 runs.experiment.zip')
      expect(Buffer.from(bytes).equals(Buffer.from(shared))).toBe(true)
    } finally {
      await there.workbench.close()
    }
  })

  it('stay as they are where they are here already', async () => {
    const { there, source, folder } = await elsewhere(shared)
    try {
      const before = await there.calls.experiments.inspectShared({ source })
      expect(before).toMatchObject({
        file: 'été shared.experiment.zip',
        bytes: shared.byteLength,
        dataset: { name: 'small', elements: ELEMENTS, cellTypes: CELL_TYPES, sequences: true, here: null },
        splits: ['By group, seed 1'],
      })
      expect(before.runs.map(({ variant, seed, testPearson, here }) => [variant, seed, testPearson, here])).toEqual(
        runs.map(({ variant, seed, testPearson }) => [variant, seed, testPearson, null]),
      )
      const first = await there.calls.experiments.takeShared({ source })
      await there.calls.experiments.annotate({ id: first[0]!.id, name: 'mine' })
      await there.calls.experiments.bin({ ids: [first[0]!.id] })
      const files = readdirSync(join(folder, 'checkpoints'))
      const second = await there.calls.experiments.takeShared({ source })
      expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
      expect(second[0]).toMatchObject({ name: 'mine', binnedAt: null })
      expect(await there.calls.experiments.runs({})).toHaveLength(5)
      expect(await there.calls.datasets.list({})).toHaveLength(1)
      expect(readdirSync(join(folder, 'checkpoints'))).toEqual(files)
      const after = await there.calls.experiments.inspectShared({ source })
      expect(after.dataset.here).toBe(first[0]!.dataset)
      expect(after.runs.map(({ here }) => here)).toEqual(first.map(({ id }) => id))
    } finally {
      await there.workbench.close()
    }
  })

  it('come to the runs that are here of the same data and split', async () => {
    const { there, source } = await elsewhere((await share(true, runs.slice(0, 1))).bytes)
    const path = join(temporaryFolder(), 'rest.experiment.zip')
    writeFileSync(path, shared)
    try {
      const [first] = await there.calls.experiments.takeShared({ source })
      const all = await there.calls.experiments.takeShared({ source: { kind: 'path', path } })
      expect(all[0]!.id).toBe(first!.id)
      expect(new Set(all.map(({ dataset }) => dataset))).toEqual(new Set([first!.dataset]))
      expect(new Set(all.map(({ split }) => split))).toEqual(new Set([first!.split]))
    } finally {
      await there.workbench.close()
    }
  })

  it('can do all but what needs sequences where they came without', async () => {
    const { bytes } = await share(false)
    expect((await openZip(Buffer.from(bytes))).names).not.toContain('dataset/sequences.json')
    const { there, source } = await elsewhere(bytes)
    try {
      expect((await there.calls.experiments.inspectShared({ source })).dataset.sequences).toBe(false)
      const [run] = await there.calls.experiments.takeShared({ source })
      const { dataset } = run!
      const { calls } = there
      expect((await calls.datasets.get({ id: dataset })).length).toBe(0)
      const here = await opened.calls.comparisons.compare({ dataset: origin.dataset })
      const comparison = await calls.comparisons.compare({ dataset })
      expect(comparison.rows.map(({ pearson, mse }) => [pearson, mse])).toEqual(here.rows.map(({ pearson, mse }) => [pearson, mse]))
      const explored = await calls.datasets.explore({ id: dataset })
      expect([...explored.length.counts, ...explored.gc.counts].reduce((sum, count) => sum + count, 0)).toBe(0)
      expect(explored.cellTypes[0]!.measured).toBe(ELEMENTS)
      const { elements } = await calls.datasets.elements({ id: dataset, offset: 0, limit: 1 })
      expect(elements[0]).toMatchObject({ sequence: '', length: 0, gc: null })
      await calls.datasets.element({ id: dataset, position: 0 })

      const group = { kind: 'group', seed: 5 } as const
      const launch = { dataset, split: 1, variants: ['baseline' as const], recipe: shortRecipe, seeds: [1] }
      const [split] = await calls.splits.list({ dataset })
      const refused = [
        calls.experiments.launch({ ...launch, split: split!.id }),
        calls.experiments.estimate({ ...launch, split: split!.id }),
        calls.experiments.reproduce({ id: run!.id }),
        calls.splits.make({ dataset, settings: group }),
        calls.splits.leaks({ id: split!.id }),
        calls.datasets.export({ id: dataset }),
        calls.datasets.subset({ id: dataset, name: 'part', filter: { complete: true } }),
        calls.experiments.share({ ids: [run!.id], sequences: true }),
      ]
      for (const call of refused) await expect(call).rejects.toThrow(/small came here without its sequences, so .+\./)
      await expect(calls.datasets.reviewCombination({ parents: [dataset, dataset], elements: 'all' })).rejects.toThrow()
      const again = await calls.experiments.share({ ids: [run!.id], sequences: false })
      expect(again.bytes.byteLength).toBeGreaterThan(1000)
    } finally {
      await there.workbench.close()
    }
  })

  it('are refused where they cannot be shared', async () => {
    const [waiting] = await opened.calls.experiments.launch({
      dataset: origin.dataset,
      split: { kind: 'group', seed: 1 },
      variants: ['full'],
      recipe: { ...shortRecipe, epochs: 1000 },
      seeds: [9],
    })
    await expect(share(true, [waiting!])).rejects.toThrow(`Run ${waiting!.id} is not completed, so there is no result to share.`)
    await opened.calls.experiments.stop({ id: waiting!.id })
    await opened.until(waiting!.id, 'cancelled')
  })
})

/** A file's members, to be changed and written again. */
async function unpacked(): Promise<Map<string, Buffer>> {
  const zip = await openZip(Buffer.from(shared))
  const members = new Map<string, Buffer>()
  for (const name of zip.names) {
    const pieces: Uint8Array[] = []
    for await (const piece of zip.open(name)!) pieces.push(piece)
    members.set(name, Buffer.concat(pieces))
  }
  return members
}
const packed = (members: ReadonlyMap<string, Uint8Array>) =>
  writeZip(
    [...members].map(([fileName, bytes]) => ({ fileName, bytes })),
    null,
  )

describe('a file', () => {
  /** A workspace without an engine: nothing is trained in it. */
  async function bareWorkspace({ breaks = false } = {}) {
    const folder = temporaryFolder()
    const folders = workspaceFolders(join(folder, 'workspace'))
    const database = openDatabase(folders.workspace)
    await prepareFolders(folders)
    const failing: Core['database'] = {
      ...{ close: () => database.close(), prepare: database.prepare.bind(database) },
      // All is written, and then the disk does not take it.
      transaction: (work) =>
        database.transaction(() => {
          work()
          throw new Error('the disk is full')
        }),
    }
    const core: Core = { database: breaks ? failing : database, folders, clock: () => new Date(0), log: silentLog, emit: () => {} }
    const path = join(folder, 'file.zip')
    const count = (table: string) => database.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()!.n
    const left = () => ({
      rows: ['datasets', 'elements', 'splits', 'experiments', 'runs', 'epochs', 'predictions', 'checkpoints'].map(count),
      files: [...readdirSync(folders.checkpoints), ...readdirSync(folders.uploads)],
    })
    const take = async (bytes: Uint8Array) => {
      writeFileSync(path, bytes)
      return takeShared(core, { kind: 'path', path }, { breathe: breather(), progress: () => {} })
    }
    return { take, left, close: () => database.close(), folder: folders.workspace }
  }

  it.each<[string, (members: Map<string, Buffer>) => void, RegExp]>([
    ['of another program', (members) => members.delete('manifest.json'), /^file\.zip is no file of shared runs\./],
    [
      'of a newer version',
      (members) => edit(members, (manifest) => ({ ...manifest, version: 2 })),
      /newer version of the workbench \(format 2; this one reads up to 1\)/,
    ],
    ['with another member', (members) => void members.set('extra', Buffer.from('x')), /it holds extra, which nothing in it speaks of/],
    ['without a member', (members) => members.delete('splits/0.u8'), /splits\/0\.u8 is not in it any more/],
    ['with another’s model', (members) => swap(members, 'runs/0/model.safetensors', 'runs/1/model.safetensors'), /the checksum differs/],
    [
      'with a changed list of contents',
      (members) => edit(members, ({ runs: _, ...manifest }) => manifest),
      /its list of contents makes no sense \(runs:/,
    ],
    [
      'with a number that is none',
      (members) => void members.get('dataset/cell-type-0/activities.f32')!.writeFloatLE(Infinity, 0),
      /the checksum differs/,
    ],
    [
      'with a run that lacks a measure',
      (members) => editRun(members, ({ measures, ...run }) => ({ ...run, measures: measures.slice(1) })),
      /runs\/0\/run\.json has not all measures of both parts/,
    ],
  ])('%s is refused with the reason, and nothing is left', async (_, change, why) => {
    const members = await unpacked()
    change(members)
    const { take, left, close } = await bareWorkspace()
    const before = left()
    await expect(packed(members).then(take)).rejects.toThrow(why)
    await expect(packed(members).then(take)).rejects.toBeInstanceOf(WorkbenchError)
    expect(left()).toEqual(before)
    close()
  })

  it('that was not taken in to the end leaves models that the next opening clears away', async () => {
    const { take, left, close, folder } = await bareWorkspace({ breaks: true })
    const before = left()
    await expect(take(shared)).rejects.toThrow('the disk is full')
    expect(left()).toEqual(before)
    close()
    // As a crash between the files and the transaction leaves them.
    const lost = join(folder, 'checkpoints', 'taken-0b3a5a0e-9d7f-4a52-8a0e-6f5f3b1f7c11.safetensors')
    writeFileSync(lost, 'x')
    const reopened = await openSmall(folder)
    await reopened.workbench.close()
    expect(existsSync(lost)).toBe(false)
  })

  it('that is none, or nothing, is refused as that', async () => {
    const { take, close } = await bareWorkspace()
    await expect(take(Buffer.from('name\tsequence\n'))).rejects.toThrow('file.zip is no file of shared runs.')
    await expect(take(Buffer.alloc(0))).rejects.toThrow('file.zip is no file of shared runs.')
    await expect(take(shared.subarray(0, 5000))).rejects.toThrow('file.zip is damaged: it ends too early.')
    close()
  })

  it('with flipped bytes or cut short never leaves anything behind, and never comes in other than it was', async () => {
    const small = (await share(true, runs.slice(0, 1))).bytes
    const { take, left, close } = await bareWorkspace()
    const before = left()
    const flips = fc.array(fc.record({ at: fc.nat(small.byteLength - 1), by: fc.integer({ min: 1, max: 255 }) }), {
      minLength: 1,
      maxLength: 3,
    })
    const outcomes = { refused: 0, taken: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ arbitrary: flips, weight: 3 }, { arbitrary: fc.nat(small.byteLength - 1), weight: 1 }),
        async (damage) => {
          const bytes = Buffer.from(typeof damage === 'number' ? small.subarray(0, damage) : small)
          if (typeof damage !== 'number') for (const { at, by } of damage) bytes[at] = bytes[at]! ^ by
          try {
            const { runs: taken } = await take(bytes)
            expect(taken).toHaveLength(1)
            outcomes.taken++
          } catch (fault) {
            expect(fault).toBeInstanceOf(WorkbenchError)
            expect((fault as WorkbenchError).message).toMatch(/^file\.zip .+ Nothing was changed\.$/)
            outcomes.refused++
          }
          expect(left().files.length).toBe(left().rows[4])
        },
      ),
      { numRuns: 400 },
    )
    expect(outcomes.refused).toBeGreaterThan(outcomes.taken)
    // What came in came from damage that touches no content (an archive's dates): the one dataset, the one run.
    const { rows } = left()
    if (rows[4]! > before.rows[4]!) expect(rows.slice(0, 5)).toEqual([1, ELEMENTS, 1, 1, 1])
    close()
  })
})

function edit(members: Map<string, Buffer>, change: (manifest: Record<string, unknown>) => object): void {
  members.set(
    'manifest.json',
    Buffer.from(JSON.stringify(change(JSON.parse(members.get('manifest.json')!.toString()) as Record<string, unknown>))),
  )
}

/** Another content of the first run, with the checksum that goes with it. */
function editRun(members: Map<string, Buffer>, change: (run: { measures: unknown[] }) => object): void {
  const name = 'runs/0/run.json'
  const bytes = Buffer.from(JSON.stringify(change(JSON.parse(members.get(name)!.toString()) as { measures: unknown[] })))
  const described = { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }
  edit(members.set(name, bytes), (manifest) => ({ ...manifest, members: { ...(manifest['members'] as object), [name]: described } }))
}

function swap(members: Map<string, Buffer>, one: string, other: string): void {
  const [a, b] = [members.get(one)!, members.get(other)!]
  members.set(one, b).set(other, a)
}
