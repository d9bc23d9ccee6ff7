import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import { moveRun } from '../../../../src/main/db/runs.ts'
import { setQueuePaused } from '../../../../src/main/db/waitingRuns.ts'
import { readSafetensors } from '../../../../src/main/experiments/safetensors.ts'
import { variants } from '../../../../src/shared/domain/variants.ts'
import type { Queue } from '../../../../src/shared/domain/queue.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
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
const launch = (more: Partial<Launch> = {}): Promise<Run[]> =>
  opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['embedding'],
    recipe: shortRecipe,
    seeds: [1],
    ...more,
  })
const ids = (runs: readonly Run[]) => runs.map(({ id }) => id)
const state = async (id: number) => (await opened.calls.experiments.run({ id })).state

/** Resolves at the first queue, the one that is there now among them, that passes. */
async function queueThat(passes: (queue: Queue) => boolean): Promise<Queue> {
  const seen = Promise.withResolvers<Queue>()
  const look = (queue: Queue) => {
    if (passes(queue)) seen.resolve(queue)
  }
  const stop = opened.on('queue.changed', look)
  look(await opened.calls.experiments.queue({}))
  return seen.promise.finally(stop)
}

describe('the queue', () => {
  it('holds what waits in its order, and tells every change of it', async () => {
    await opened.calls.experiments.pauseQueue({})
    const told: number[][] = []
    opened.on('queue.changed', ({ waiting }) => told.push(waiting))
    const [a, b, c] = ids(await launch({ seeds: [1, 2, 3] })) as [number, number, number]
    expect(await opened.calls.experiments.queue({})).toMatchObject({ paused: true, waiting: [a, b, c] })
    expect((await opened.calls.experiments.moveInQueue({ id: c, before: a })).waiting).toEqual([c, a, b])
    expect((await opened.calls.experiments.moveInQueue({ id: c, before: null })).waiting).toEqual([a, b, c])
    expect((await opened.calls.experiments.moveInQueue({ id: a, before: a })).waiting).toEqual([a, b, c])
    await opened.calls.experiments.stop({ id: b })
    expect(told).toEqual([
      [a, b, c],
      [c, a, b],
      [a, b, c],
      [a, b, c],
      [a, c],
    ])
    await expect(opened.calls.experiments.moveInQueue({ id: b, before: a })).rejects.toThrow(`Run ${b} does not wait any more.`)
    await expect(opened.calls.experiments.moveInQueue({ id: a, before: b })).rejects.toMatchObject({ code: 'conflict' })
    expect((await opened.calls.experiments.resume({ id: b })).message).toMatch(/paused/)
    expect((await opened.calls.experiments.queue({})).waiting).toEqual([a, c, b])
  })

  it('starts runs in the order that they were put into', async () => {
    const begun: number[] = []
    opened.on('runs.changed', (run) => {
      if (run.state === 'starting') begun.push(run.id)
    })
    await opened.calls.experiments.pauseQueue({})
    const [a, b, c, d] = ids(await launch({ seeds: [1, 2, 3, 4] })) as [number, number, number, number]
    await opened.calls.experiments.moveInQueue({ id: d, before: b })
    await opened.calls.experiments.continueQueue({})
    for (const id of [a, b, c, d]) await opened.until(id, 'completed')
    expect(begun).toEqual([a, d, b, c])
  })

  it('paused, puts what trains back first in line at its last checkpoint, and goes on to the same bytes', async () => {
    const recipe = { ...longRecipe, epochs: 120 }
    const [straight] = await launch({ recipe })
    await opened.until(straight!.id, 'completed')
    const runs = ids(await launch({ recipe, seeds: [1, 2, 3] }))
    const [first, second, third] = runs as [number, number, number]
    await opened.nextEpoch(second)
    await opened.calls.experiments.pauseQueue({})
    // Whichever of the two ends its step first.
    const paused = await queueThat(({ waiting }) => waiting.length === 3)
    expect(paused).toMatchObject({ paused: true, waiting: [first, second, third] })
    const waiting = await opened.calls.experiments.run({ id: second })
    expect(waiting).toMatchObject({ state: 'queued', message: 'The queue is paused; nothing trains until it is continued.' })
    expect(waiting.epochs).toBeGreaterThan(0)
    expect(waiting.curve).toHaveLength(waiting.epochs)

    // Closing and opening changes nothing of it.
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    expect(await opened.calls.experiments.queue({})).toMatchObject({ paused: true, waiting: [first, second, third] })
    expect(opened.engines).toHaveLength(0)

    await opened.calls.experiments.continueQueue({})
    for (const id of runs) expect(await opened.until(id, 'completed')).toMatchObject({ epochs: 120, message: null })
    const tensors = (id: number) =>
      readSafetensors(readFileSync(join(workspace.folder, 'checkpoints', `run-${id}-model.safetensors`))).tensors
    expect(tensors(first)).toEqual(tensors(straight!.id))
  })

  it('stops a run for good that is asked to while the pause is still to come', async () => {
    const [run] = ids(await launch({ recipe: longRecipe }))
    await opened.nextEpoch(run!)
    const [, stopping] = await Promise.all([opened.calls.experiments.pauseQueue({}), opened.calls.experiments.stop({ id: run! })])
    expect(['cancelling', 'cancelled']).toContain(stopping.state)
    await opened.until(run!, 'cancelled')
    expect(await opened.calls.experiments.queue({})).toMatchObject({ paused: true, waiting: [] })
  })

  it('after a crash has what was under way interrupted or, where it was paused, wait first in line; what waited waits', async () => {
    await opened.calls.experiments.pauseQueue({})
    const [a, b, c] = ids(await launch({ seeds: [1, 2, 3] })) as [number, number, number]
    await opened.workbench.close()
    /** As kill −9 in the middle of two runs leaves it. */
    const leave = (paused: boolean, ...left: number[]) => {
      const database = openDatabase(workspace.folder)
      setQueuePaused(database, paused)
      for (const id of left) moveRun(database, id, 'starting', '2026-01-02T00:00:00.000Z')
      database.close()
    }
    leave(true, a, b)
    opened = await openSmall(workspace.folder)
    expect(await opened.calls.experiments.queue({})).toMatchObject({ paused: true, waiting: [a, b, c] })
    await opened.workbench.close()
    leave(false, a)
    opened = await openSmall(workspace.folder, { trainQueued: false })
    expect(await opened.calls.experiments.queue({})).toMatchObject({ paused: false, waiting: [b, c] })
    expect(await state(a)).toBe('interrupted')
    await opened.calls.experiments.resume({ id: a })
    for (const id of [b, c, a]) await opened.until(id, 'completed')
  })

  it('trains side by side where that is faster, to the same bytes as one by itself', async () => {
    const alone = new Map<string, Run>()
    for (const variant of variants) alone.set(variant, await opened.until((await launch({ variants: [variant] }))[0]!.id, 'completed'))
    const together = await launch({ variants: [...variants] })
    for (const { id } of together) await opened.until(id, 'completed')
    const tensors = (id: number) =>
      readSafetensors(readFileSync(join(workspace.folder, 'checkpoints', `run-${id}-model.safetensors`))).tensors
    for (const { id, variant } of together) expect(tensors(id)).toEqual(tensors(alone.get(variant)!.id))
  })
})
