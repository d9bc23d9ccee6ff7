import Database from 'better-sqlite3'
import { readdirSync, readFileSync, truncateSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readActivities } from '../../../../src/main/db/datasets.ts'
import { DATABASE_FILE, openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readMeasures, readPredictions } from '../../../../src/main/db/results.ts'
import { readAssignment } from '../../../../src/main/db/splits.ts'
import { modelFromFile } from '../../../../src/main/experiments/savedModel.ts'
import { readSafetensors } from '../../../../src/main/experiments/safetensors.ts'
import type { Run, RunState } from '../../../../src/shared/domain/run.ts'
import { pearson } from '../../../../src/shared/stats/correlation.ts'
import { refuseStates } from '../support/refuseStates.ts'
import { CELL_TYPES, LENGTH, longRecipe, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

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
const launch = (more: Partial<Launch> = {}): Promise<Run[]> =>
  opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['embedding'],
    recipe: shortRecipe,
    seeds: [1],
    ...more,
  })
const checkpoints = () => readdirSync(join(workspace.folder, 'checkpoints')).sort()
function read<T>(work: (database: ReturnType<typeof openDatabaseForReading>) => T): T {
  const database = openDatabaseForReading(workspace.folder)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

describe('a run', () => {
  it('goes through its states to a model, predictions and measures', async () => {
    const states: RunState[] = []
    opened.on('runs.changed', ({ state }) => {
      if (states.at(-1) !== state) states.push(state)
    })
    const [launched] = await launch()
    const run = await opened.until(launched!.id, 'completed')
    expect(states).toEqual(['queued', 'starting', 'running', 'completed'])
    expect(run).toMatchObject({ epochs: 3, message: null, engine: 'tensorflow on CPU', variant: 'embedding', splitKind: 'group' })
    expect(run.startedAt! < run.finishedAt!).toBe(true)

    const detail = await opened.calls.experiments.run({ id: run.id })
    expect(detail.curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(detail.seconds).toBeCloseTo(detail.curve.reduce((sum, { seconds }) => sum + seconds, 0))
    expect(detail.cellTypes).toEqual(CELL_TYPES)
    expect(detail.parameters).toBeGreaterThan(1000)

    // The file of the model is all that is left, and it says what it is.
    expect(checkpoints()).toEqual([`run-${run.id}-model.safetensors`])
    const file = readSafetensors(readFileSync(join(workspace.folder, 'checkpoints', checkpoints()[0]!)))
    expect(modelFromFile(file)).toMatchObject({
      model: { variant: 'embedding', length: LENGTH, cellTypes: 2 },
      cellTypes: CELL_TYPES,
      frame: { adapters: 'keep' },
    })
    expect(JSON.parse(file.metadata['description']!)).toMatchObject({ recipe: shortRecipe, seed: 1, epochOfWeights: 3, engine: run.engine })

    // Measures recomputed from what is stored: HepG2 on the test part.
    read((database) => {
      const predicted = readPredictions(database, run.id, 'test')!
      const assignment = readAssignment(database, run.split)
      const test = [...assignment.keys()].filter((element) => assignment[element] === 2)
      expect(predicted).toHaveLength(test.length * 2)
      const measured = readActivities(database, workspace.dataset)[0]!
      const r = pearson(
        test.map((_, i) => predicted[i * 2]!),
        test.map((element) => measured[element]!),
      )
      const measures = readMeasures(database, run.id, 'test')
      expect(measures.get('HepG2')).toMatchObject({ n: test.length, pearson: r })
      expect([...measures.keys()].sort()).toEqual(['HepG2', 'K562', 'all'])
      expect(measures.get('all')!.n).toBe(measures.get('HepG2')!.n + measures.get('K562')!.n)
      expect(run.testPearson).toBe(measures.get('all')!.pearson)
      expect(readMeasures(database, run.id, 'validation').get('all')!.n).toBeGreaterThan(0)
    })
  })

  it('gives a run a variant and seed, trained in order, no more at once than the queue says', async () => {
    const active = new Map<number, RunState>()
    const begun: number[] = []
    let most = 0
    opened.on('runs.changed', ({ id, state }) => {
      if (state === 'starting') begun.push(id)
      active.set(id, state)
      most = Math.max(most, [...active.values()].filter((s) => s === 'starting' || s === 'running').length)
    })
    const runs = await launch({ variants: ['baseline', 'full', 'baseline'], seeds: [1, 2] })
    expect(runs.map(({ variant, seed }) => [variant, seed])).toEqual([
      ['baseline', 1],
      ['baseline', 2],
      ['full', 1],
      ['full', 2],
    ])
    for (const { id } of runs) await opened.until(id, 'completed')
    expect(most).toBeLessThanOrEqual((await opened.calls.experiments.queue({})).atOnce.runs)
    expect(begun).toEqual(runs.map(({ id }) => id))
    expect((await opened.calls.experiments.runs({})).map(({ id }) => id)).toEqual(runs.map(({ id }) => id).toReversed())
  })

  it('is the same in the end whether it was stopped and resumed, lost its engine, or neither', async () => {
    const recipe = { ...longRecipe, epochs: 150 }
    const [straight] = await launch({ recipe })
    await opened.until(straight!.id, 'completed')

    const [stopped] = await launch({ recipe })
    await opened.nextEpoch(stopped!.id)
    expect((await opened.calls.experiments.stop({ id: stopped!.id })).state).toBe('cancelling')
    const cancelled = await opened.until(stopped!.id, 'cancelled')
    expect(cancelled.epochs).toBeGreaterThan(0)
    expect(cancelled.epochs).toBeLessThan(150)
    expect(checkpoints()).toContain(`run-${stopped!.id}-epoch-${cancelled.epochs}.safetensors`)
    // As if it had been begun elsewhere, where batches had to be halved.
    const elsewhere = new Database(join(workspace.folder, DATABASE_FILE))
    elsewhere.exec(`UPDATE runs SET provenance = json_set(provenance, '$.machine.cores', 1000, '$.notes', json('["halved"]'))
      WHERE id = ${stopped!.id}`)
    elsewhere.close()
    await opened.calls.experiments.resume({ id: stopped!.id })

    // The same run then loses its engine to kill −9, and is resumed once more.
    await opened.nextEpoch(stopped!.id)
    opened.engines.at(-1)!.kill()
    const interrupted = await opened.until(stopped!.id, 'interrupted')
    expect(interrupted.message).toBe(
      `The engine stopped unexpectedly: it was ended by SIGKILL. Epochs 1 to ${interrupted.epochs} are kept; resume goes on from there.`,
    )
    expect(interrupted.epochs).toBeGreaterThan(cancelled.epochs)
    await opened.calls.experiments.resume({ id: stopped!.id })
    await opened.until(stopped!.id, 'completed')
    const detail = await opened.calls.experiments.run({ id: stopped!.id })
    expect(detail.curve).toHaveLength(150)
    expect(detail.provenance).toMatchObject({
      machine: { cores: availableParallelism() },
      earlier: [{ epochs: cancelled.epochs, engine: 'tensorflow on CPU', machine: { cores: 1000 } }],
      notes: ['halved'],
    })

    const bytes = (id: number) =>
      Object.entries(readSafetensors(readFileSync(join(workspace.folder, 'checkpoints', `run-${id}-model.safetensors`))).tensors)
    expect(bytes(stopped!.id)).toEqual(bytes(straight!.id))
    read((database) => expect(readPredictions(database, stopped!.id, 'test')).toEqual(readPredictions(database, straight!.id, 'test')))
  })

  it('is interrupted when the workbench closes, and what is queued goes on when it opens', async () => {
    const [first, ...others] = await launch({ recipe: longRecipe, seeds: [1, 2, 3] })
    const last = others.at(-1)!
    await opened.nextEpoch(first!.id)
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    const left = await opened.calls.experiments.run({ id: first!.id })
    expect(left.state).toBe('interrupted')
    expect(left.message).toMatch(/^The workbench was closed during training\. Epochs? 1.* kept; resume goes on from there\.$/)
    expect(left.curve).toHaveLength(left.epochs)
    await opened.until(last.id, 'running')
    await opened.calls.experiments.stop({ id: last.id })
    await opened.until(last.id, 'cancelled')
  })

  it('leaves the queue alone where a face asks for that', async () => {
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    const runs = await launch({ recipe: longRecipe, seeds: [1, 2, 3] })
    await opened.nextEpoch(runs[0]!.id)
    await opened.workbench.close()
    opened = await openSmall(workspace.folder, { trainQueued: false })
    expect((await opened.calls.experiments.run({ id: runs[2]!.id })).state).toBe('queued')
    expect(opened.engines).toHaveLength(0)
  })

  it('can be stopped while it waits, and put back into the queue', async () => {
    const [first, second] = await launch({ recipe: longRecipe, seeds: [1, 2] })
    // The second waits until it is known how many train at once.
    expect((await opened.calls.experiments.stop({ id: second!.id })).state).toBe('cancelled')
    expect((await opened.calls.experiments.resume({ id: second!.id })).state).toBe('queued')
    await expect(opened.calls.experiments.resume({ id: second!.id })).rejects.toMatchObject({ code: 'conflict' })
    await opened.until(first!.id, 'running')
    for (const { id } of [second!, first!]) await opened.calls.experiments.stop({ id })
    await opened.until(first!.id, 'cancelled')
    await expect(opened.calls.experiments.stop({ id: first!.id })).rejects.toThrow(`Run ${first!.id} has ended already.`)
    await expect(opened.calls.experiments.stop({ id: 99 })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('whose end cannot be saved is interrupted, says so to those that wait, and goes on when resumed', async () => {
    const accept = refuseStates(workspace.folder, 'completed', 'failed')
    const [first, second, third] = await launch({ seeds: [1, 2, 3] })
    const waits = Promise.withResolvers<Run>()
    opened.on('runs.changed', (run) => {
      if (run.id === third!.id && run.message !== null) waits.resolve(run)
    })
    const message =
      'Something went wrong inside the workbench (the disk is full). The end of this run could not be saved; resume goes on after epoch 3.'
    expect(await opened.until(first!.id, 'interrupted')).toMatchObject({ message })
    expect(await waits.promise).toMatchObject({
      state: 'queued',
      message: 'Something went wrong inside the workbench (the disk is full).',
    })
    await opened.until(second!.id, 'interrupted')
    accept()
    expect(await opened.calls.experiments.run({ id: first!.id })).toMatchObject({ state: 'interrupted', message })
    expect((await opened.calls.experiments.stop({ id: first!.id })).state).toBe('interrupted')
    expect(await opened.calls.experiments.resume({ id: first!.id })).toMatchObject({ state: 'queued', message: null })
    await opened.calls.experiments.resume({ id: second!.id })
    for (const { id } of [first!, second!, third!]) expect(await opened.until(id, 'completed')).toMatchObject({ epochs: 3, message: null })
  })

  it('whose end could not be saved is resumed without being stopped first', async () => {
    const accept = refuseStates(workspace.folder, 'completed', 'failed')
    const [run] = await launch()
    await opened.until(run!.id, 'interrupted')
    accept()
    expect((await opened.calls.experiments.resume({ id: run!.id })).state).toBe('queued')
    await opened.until(run!.id, 'completed')
  })

  it('fails in words on a damaged checkpoint, and starts over when resumed once more', async () => {
    const [run] = await launch({ recipe: { ...longRecipe, epochs: 120 } })
    await opened.nextEpoch(run!.id)
    await opened.calls.experiments.stop({ id: run!.id })
    const { epochs } = await opened.until(run!.id, 'cancelled')
    const file = `run-${run!.id}-epoch-${epochs}.safetensors`
    truncateSync(join(workspace.folder, 'checkpoints', file), 100)
    await opened.calls.experiments.resume({ id: run!.id })
    const failed = await opened.until(run!.id, 'failed')
    expect(failed.message).toMatch(
      new RegExp(`^The checkpoint of epoch ${epochs} is damaged: the file ${file} has 100 bytes in place of \\d+\\. Resume once more`),
    )
    expect(checkpoints()).toEqual([`${file}.damaged`])
    await opened.calls.experiments.resume({ id: run!.id })
    const completed = await opened.until(run!.id, 'completed')
    expect(completed).toMatchObject({ epochs: 120, message: null })
  })
})
