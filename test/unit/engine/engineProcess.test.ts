import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { engineContract, type Checkpoint, type EngineContract, type TrainingProgress } from '../../../src/shared/contract/engine.ts'
import { connect, type Connection } from '../../../src/shared/rpc/client.ts'
import { forkedEnd, processChannel } from '../../../src/shared/rpc/processChannel.ts'
import { codePairs } from '../../../src/shared/dna/codePairs.ts'
import { noVulkan, softwareVulkan } from './backends/softwareVulkan.ts'
import { simulatedJob } from './training/simulatedJob.ts'

let child: ChildProcess | undefined

afterEach(async () => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill()
  await exited
})

/** The engine's process as the core starts it, with what it writes to standard output. */
function startEngine(env: NodeJS.ProcessEnv = {}): { engine: Connection<EngineContract>; process: ChildProcess; written: () => string } {
  const started = fork(new URL('../../../src/engine/index.ts', import.meta.url), {
    serialization: 'advanced',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  child = started
  let output = ''
  started.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { engine: connect(engineContract, processChannel(forkedEnd(started))), process: started, written: () => output }
}

const longJob = () => simulatedJob({ elements: 400, length: 100, recipe: { epochs: 1000 } })

describe("the engine's process", () => {
  it('starts, trains, and scores with what it trained, and writes nothing to standard output', async () => {
    const { engine, written } = startEngine()
    const started = await engine.calls.engine.start({})
    expect(started).toMatchObject({ name: 'tensorflow', reason: expect.stringContaining('expected numbers') as string })
    expect(started.versions).toMatchObject({ tensorflow: expect.stringMatching(/^2\./) as string })
    const job = simulatedJob()
    const checkpoints: Checkpoint[] = []
    const result = await engine.calls.models.train(job, {
      onProgress: (value) => value.kind === 'epoch' && checkpoints.push(value.checkpoint),
    })
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    const bases = job.bases.slice(job.test[0]! * job.length)
    const { scores } = await engine.calls.models.score({ model: result.model, bases: codePairs(bases, job.length) })
    expect(scores).toEqual(result.predictions.test)
    expect(written()).toBe('')
  })

  it('beats while it trains, stops when told to, and goes on from the checkpoint', async () => {
    const { engine } = startEngine()
    const controller = new AbortController()
    let beats = 0
    let last: Checkpoint | undefined
    const steps: (TrainingProgress & { kind: 'step' })[] = []
    engine.on('heartbeat', ({ at }) => {
      expect(at).toBeLessThanOrEqual(Date.now())
      if (last && ++beats === 2) controller.abort()
    })
    const training = engine.calls.models.train(longJob(), {
      signal: controller.signal,
      onProgress: (value) => {
        if (value.kind === 'epoch') last = value.checkpoint
        if (value.kind === 'step') steps.push(value)
      },
    })
    await expect(training).rejects.toMatchObject({ code: 'cancelled' })
    expect(beats).toBe(2)
    expect(steps.length).toBeGreaterThan(0)
    for (const { step, steps: ofEpoch, rowsPerSecond, secondsLeft } of steps) {
      expect(ofEpoch).toBe(280 / 8)
      expect(step).toBeGreaterThan(0)
      expect(step).toBeLessThanOrEqual(ofEpoch)
      expect(rowsPerSecond).toBeGreaterThan(0)
      expect(secondsLeft).toBeGreaterThan(0)
    }
    const goesOn = { ...longJob(), resume: last! }
    const result = await engine.calls.models.train({ ...goesOn, recipe: { ...goesOn.recipe, epochs: last!.epoch + 1 } })
    expect(result.epochs).toBe(last!.epoch + 1)
  })

  it('scores while it trains, but does not change engines then', async () => {
    const { engine } = startEngine()
    const job = simulatedJob()
    const { model } = await engine.calls.models.train(job)
    const controller = new AbortController()
    const underWay = Promise.withResolvers<void>()
    const training = engine.calls.models.train(longJob(), { signal: controller.signal, onProgress: () => underWay.resolve() })
    await underWay.promise
    const { scores } = await engine.calls.models.score({ model, bases: codePairs(job.bases, job.length) })
    expect(scores.length).toBe(80)
    await expect(engine.calls.engine.start({ engines: ['wasm'] })).rejects.toMatchObject({ code: 'conflict' })
    controller.abort()
    await expect(training).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('tries one engine after the other, and starts another when asked to', async () => {
    const { engine } = startEngine()
    for (const name of ['tensorflow', 'wasm', 'cpu'] as const) {
      const { report } = await engine.calls.engine.check({ engine: name })
      expect(report).toMatchObject({ name, works: true })
      expect(report.difference).toBeLessThan(1e-5)
    }
    const job = simulatedJob({ recipe: { dropout: 0, epochs: 1 } })
    const onTensorFlow = await engine.calls.models.train(job)
    expect(await engine.calls.engine.start({ engines: ['wasm'] })).toMatchObject({ name: 'wasm' })
    const onWasm = await engine.calls.models.train(job)
    onWasm.predictions.test.forEach((score, i) => expect(score).toBeCloseTo(onTensorFlow.predictions.test[i]!, 4))
  })

  it('tells which engine it tries, and answers that it lives', async () => {
    const { engine } = startEngine()
    const tried: string[] = []
    await engine.calls.engine.start({ engines: ['tensorflow', 'wasm'] }, { onProgress: ({ trying }) => tried.push(trying) })
    expect(tried).toEqual(['tensorflow', 'tensorflow'])
    expect(await engine.calls.engine.alive({})).toEqual({})
  })

  it('beats in the middle of a step that lasts longer than a beat', async () => {
    const { engine } = startEngine()
    await engine.calls.engine.start({ engines: ['cpu'] })
    let beats = 0
    let inFirstStep = false
    engine.on('heartbeat', () => (beats += Number(inFirstStep)))
    // One step an epoch, of some seconds in plain JavaScript: the process's loop stands still meanwhile.
    const job = simulatedJob({ elements: 200, length: 230, recipe: { epochs: 1, batchSize: 140 } })
    await engine.calls.models.train(job, { onProgress: ({ kind }) => (inFirstStep = kind === 'started') })
    expect(beats).toBeGreaterThan(0)
  })

  it.skipIf(noVulkan)('trains on webgpu, and gets what TensorFlow gets', async () => {
    const { engine } = startEngine(softwareVulkan)
    const job = simulatedJob({ elements: 20, recipe: { dropout: 0, epochs: 1 } })
    expect(await engine.calls.engine.start({ engines: ['webgpu'] })).toMatchObject({ name: 'webgpu' })
    const onWebgpu = await engine.calls.models.train(job)
    await engine.calls.engine.start({ engines: ['tensorflow'] })
    const onTensorFlow = await engine.calls.models.train(job)
    onWebgpu.predictions.test.forEach((score, i) => expect(score).toBeCloseTo(onTensorFlow.predictions.test[i]!, 4))
  })

  it.each(['wasm', 'cpu'] as const)('starts %s where TensorFlow was never loaded', async (name) => {
    const { engine, written } = startEngine()
    expect(await engine.calls.engine.start({ engines: [name] })).toMatchObject({ name })
    expect(written()).toBe('')
  })

  it('ends when the process that started it lets go, training or not', async () => {
    const { engine, process } = startEngine()
    const underWay = Promise.withResolvers<void>()
    const training = engine.calls.models.train(longJob(), { onProgress: () => underWay.resolve() })
    training.catch(() => {})
    await underWay.promise
    const exited = once(process, 'exit')
    engine.close()
    expect(await exited).toEqual([0, null])
    await expect(training).rejects.toMatchObject({ code: 'unavailable' })
  })
})
