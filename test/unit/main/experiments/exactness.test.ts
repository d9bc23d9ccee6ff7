import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStoredCheckpoint } from '../../../../src/main/db/checkpoints.ts'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { digestTensors } from '../../../../src/main/experiments/digestTensors.ts'
import { readSafetensors } from '../../../../src/main/experiments/safetensors.ts'
import { recipes, type Recipe } from '../../../../src/shared/domain/recipe.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Variant } from '../../../../src/shared/domain/variants.ts'
import { makeWorkspace, openSmall, type OpenedWorkbench } from '../support/smallWorkspace.ts'

const EPOCHS = 20
/** The epoch after which a run is disturbed. */
const DISTURBED = 7

/** Two sequences a step make an epoch long against the time that a Stop takes to be heard. */
const plain: Recipe = { ...recipes.seed, epochs: EPOCHS, batchSize: 2, learningRate: 1e-3 }

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

async function launch(recipe: Recipe, { seed = 1, variant = 'full' }: { seed?: number; variant?: Variant } = {}): Promise<Run> {
  const split = { kind: 'group', seed: 1 } as const
  const runs = await opened.calls.experiments.launch({ dataset: workspace.dataset, split, variants: [variant], recipe, seeds: [seed] })
  return runs[0]!
}
const whole = async (recipe: Recipe, of?: Parameters<typeof launch>[1]) => opened.until((await launch(recipe, of)).id, 'completed')
/**
 * A run that was disturbed after an epoch and stopped short of another. On a busy machine it may be done before it hears of
 * that: then another one is.
 */
async function disturbed(recipe: Recipe, after: number, before: number, disturb: (id: number) => unknown): Promise<Run> {
  for (;;) {
    // Listened for before the launch: when that answers, the epoch may have passed. No other run is under way.
    const reached = Promise.withResolvers<void>()
    const stop = opened.on('runs.epoch', ({ epoch }) => {
      if (epoch.epoch >= after) reached.resolve()
    })
    const { id } = await launch(recipe)
    const ended = opened.until(id, 'cancelled', 'interrupted', 'completed')
    await Promise.race([reached.promise, ended]).finally(stop)
    await disturb(id)
    const run = await ended
    if (run.epochs < before) return run
  }
}
function weightsOf(run: number, folder = workspace.folder): string {
  return digestTensors(readSafetensors(readFileSync(join(folder, 'checkpoints', `run-${run}-model.safetensors`))).tensors)
}
/** Epoch by epoch, all but the time that it took. */
async function curveOf(run: number) {
  return (await opened.calls.experiments.run({ id: run })).curve.map(({ seconds: _, ...epoch }) => epoch)
}

describe('the same run', () => {
  it('has the same weights to the last bit when it is trained twice, and others from another seed', async () => {
    const [first, second, other] = [await whole(plain), await whole(plain), await whole(plain, { seed: 2 })]
    expect(weightsOf(second.id)).toBe(weightsOf(first.id))
    expect(await curveOf(second.id)).toEqual(await curveOf(first.id))
    expect(weightsOf(other.id)).not.toBe(weightsOf(first.id))
  })

  const kinds: [string, Partial<Recipe>][] = [
    ['without any of what follows', { dropout: 0 }],
    ['a one-cycle learning rate', { schedule: 'oneCycle' }],
    ['dropout', { dropout: 0.5 }],
    ['the best epoch’s weights, and an end before its time', { weights: 'best', patience: 6, learningRate: 1e-2 }],
    ['reverse complements', { reverseComplement: true, strands: 'both' }],
    ['shifts', { shift: 5 }],
    [
      'all of it',
      { optimizer: 'adamw', schedule: 'oneCycle', dropout: 0.4, weights: 'best', patience: 15, reverseComplement: true, shift: 3 },
    ],
  ]
  it.each(kinds)('is as if it had never stopped, when it is stopped and resumed, with %s', async (_, changes) => {
    const recipe = { ...plain, ...changes }
    const straight = await whole(recipe)
    const after = Math.min(DISTURBED, straight.epochs - 2)
    // One that has just ended refuses to stop.
    const { id, state, epochs } = await disturbed(recipe, after, straight.epochs, (id) =>
      opened.calls.experiments.stop({ id }).catch(() => {}),
    )
    expect(state).toBe('cancelled')
    expect(epochs).toBeGreaterThanOrEqual(after)
    expect(epochs).toBeLessThan(straight.epochs)
    await opened.calls.experiments.resume({ id })
    const resumed = await opened.until(id, 'completed')
    expect(resumed.epochs).toBe(straight.epochs)
    expect(weightsOf(id)).toBe(weightsOf(straight.id))
    expect(await curveOf(id)).toEqual(await curveOf(straight.id))
  })

  it('is another run with each of these settings, so that none of them was passed over', async () => {
    const weights = new Map<string, string>()
    for (const [what, changes] of [['none', {}], ...kinds] as typeof kinds)
      weights.set(what, weightsOf((await whole({ ...plain, ...changes, epochs: 2 })).id))
    expect(new Set(weights.values()).size).toBe(kinds.length + 1)
  })

  it('is the same after kill −9 of the engine in the middle of an epoch', async () => {
    const recipe: Recipe = { ...plain, schedule: 'oneCycle', reverseComplement: true, weights: 'best' }
    const straight = await whole(recipe)
    const { id, state, epochs } = await disturbed(recipe, DISTURBED, straight.epochs, () => opened.engines.at(-1)!.kill())
    expect(state).toBe('interrupted')
    expect(epochs).toBeGreaterThanOrEqual(DISTURBED)
    expect(epochs).toBeLessThan(EPOCHS)
    await opened.calls.experiments.resume({ id })
    await opened.until(id, 'completed')
    expect(weightsOf(id)).toBe(weightsOf(straight.id))
  })
})

describe('kill −9 of the workbench itself', () => {
  const entry = fileURLToPath(new URL('../../../../src/main/cli.ts', import.meta.url))
  let alone: ReturnType<typeof makeWorkspace>
  beforeAll(() => (alone = makeWorkspace()))
  afterAll(() => alone.remove())

  /** Trains as the command line does, in a process of its own; killed once it has told of `killAt`. */
  function train(args: readonly string[], killAt?: string): Promise<string> {
    const child = spawn(process.execPath, [entry, ...args, '--workspace', alone.folder, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
      if (killAt !== undefined && err.includes(killAt)) child.kill('SIGKILL')
    })
    return new Promise((resolve, reject) => child.on('error', reject).on('close', () => resolve(out)))
  }

  function checkpointOf(run: number) {
    const database = openDatabaseForReading(alone.folder)
    try {
      return readStoredCheckpoint(database, run, 'resume')
    } finally {
      database.close()
    }
  }

  it('leaves a run that goes on to the same weights', async () => {
    const args = [
      'train',
      '--dataset',
      'small',
      '--variants',
      'full',
      '--recipe',
      'default',
      '--epochs',
      String(EPOCHS),
      '--set',
      'batchSize=2',
    ]
    expect(JSON.parse(await train(args))).toMatchObject({ runs: [{ id: 1, state: 'completed', epochs: EPOCHS }] })
    let id = 1
    let resume: ReturnType<typeof checkpointOf>
    do {
      await train(args, `epoch ${DISTURBED}/${EPOCHS}`)
      resume = checkpointOf(++id)
    } while (resume === undefined)
    expect(resume.epoch).toBeGreaterThanOrEqual(DISTURBED)
    expect(resume.epoch).toBeLessThan(EPOCHS)
    expect(JSON.parse(await train(['resume', '--run', String(id)]))).toMatchObject({ runs: [{ id, state: 'completed', epochs: EPOCHS }] })
    expect(weightsOf(id, alone.folder)).toBe(weightsOf(1, alone.folder))
  })
})
