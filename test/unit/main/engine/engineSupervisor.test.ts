import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../../../src/shared/domain/engine.ts'
import type { EngineClient } from '../../../../src/shared/contract/engine.ts'
import { EngineGivenUp, EngineLost, EngineSupervisor, type SupervisorOptions } from '../../../../src/main/engine/engineSupervisor.ts'
import { forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import type { Machine } from '../../../../src/main/engine/machine.ts'
import { silentLog } from '../../../../src/main/logging/log.ts'

const entry = join(import.meta.dirname, 'fixtures', 'trialEngine.ts')
const model = { variant: 'baseline', length: 1, cellTypes: 1, ambiguousBases: 'zeros', strands: 'forward', tensors: {} } as const

let folder: string
let supervisor: EngineSupervisor
let statuses: EngineStatus[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'))
  statuses = []
})
afterEach(() => {
  supervisor.close()
  rmSync(folder, { recursive: true })
})

const processor: Machine = { gpus: () => Promise.resolve([]), cuda: () => ({ state: 'absent', bytes: 1, libraries: [] }) }
const withCuda: Machine = {
  gpus: () => Promise.resolve([{ name: 'NVIDIA GeForce RTX 3090', maker: 'nvidia', driver: 'NVIDIA 470.57', memoryBytes: null }]),
  cuda: () => ({ state: 'installed', bytes: 1, libraries: ['/nowhere/cuda/lib'] }),
}

function supervise(trial: string, limits: SupervisorOptions['limits'] = {}, machine = processor): EngineSupervisor {
  const startEngine = forkEngine(entry, silentLog, { ...process.env, TRIAL: trial, TRIAL_LOG: join(folder, 'starts') })
  const onStatus = (status: EngineStatus) => statuses.push(status)
  return (supervisor = new EngineSupervisor({ startEngine, log: silentLog, limits, machine, onStatus }))
}
const pids = () => readFileSync(join(folder, 'starts'), 'utf8').trimEnd().split('\n').map(Number)
const score =
  (...values: number[]) =>
  (calls: EngineClient, signal?: AbortSignal) =>
    calls.models.score({ model, bases: Uint8Array.from(values) }, { signal }).then(({ scores }) => [...scores])
const use = (...values: number[]) => supervisor.use(score(...values))
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const states = () => statuses.map(({ state }) => state)

describe('EngineSupervisor', () => {
  it('starts the process when it is first needed, and keeps it', async () => {
    supervise('works')
    expect(supervisor.status.state).toBe('stopped')
    expect(await Promise.all([use(1, 2), use(3)])).toEqual([[1, 2], [3]])
    expect(await use(4)).toEqual([4])
    expect(pids()).toHaveLength(1)
    expect(states()).toEqual(['starting', 'ready', 'busy', 'ready', 'busy', 'ready'])
    expect(supervisor.status.message).toBe('TensorFlow on the CPU, ready')
  })

  it('tells the job that the process ended under it, and starts another for the next', async () => {
    supervise('crash,works')
    await expect(use(1)).rejects.toThrow(EngineLost)
    expect(supervisor.status).toEqual({ state: 'stopped', message: 'The engine stopped unexpectedly: it was ended by SIGKILL.' })
    expect(await use(2)).toEqual([2])
    expect(pids()).toHaveLength(2)
  })

  it('ends a process that gives no sign of life', async () => {
    supervise('freeze,works', { silence: 400, answer: 200 })
    await expect(use(1)).rejects.toThrow('The engine stopped unexpectedly: it gave no sign of life.')
    expect(await use(2)).toEqual([2])
  })

  it('asks a process that has fallen silent, and keeps it where it answers', async () => {
    supervise('beatless', { silence: 100, answer: 2000 })
    const stop = new AbortController()
    const long = supervisor.use((calls) => score()(calls, stop.signal), stop.signal)
    await expect.poll(() => supervisor.status.state).toBe('busy')
    const asked = () => (existsSync(join(folder, 'starts.asked')) ? readFileSync(join(folder, 'starts.asked'), 'utf8').length : 0)
    await expect.poll(asked).toBeGreaterThan(3)
    expect(await use(1)).toEqual([1])
    stop.abort()
    await expect(long).rejects.toMatchObject({ code: 'cancelled' })
    expect(pids()).toHaveLength(1)
  })

  it('takes the loss of the GPU for the end of the process, with the words of the engine', async () => {
    supervise('device-lost,works')
    const lost = use(1)
    await expect(lost).rejects.toThrow(EngineLost)
    await expect(lost).rejects.toThrow(
      'The GPU was lost in the middle of its work: its driver says “GPU has fallen off the bus”. That happens when its driver is reset',
    )
    expect(await use(2)).toEqual([2])
    expect(pids()).toHaveLength(2)
  })

  it('leaves out an engine that ends the process each time it is tried', async () => {
    supervise('webgpu-crashes')
    expect(await use(1)).toEqual([1])
    expect(pids()).toHaveLength(3)
    expect(supervisor.status.message).toBe('TensorFlow on the CPU (a better engine failed: see Settings), ready')
  })

  it('starts again at once where a start fails', async () => {
    supervise('crash-at-start,crash-at-start,works')
    expect(await use(1)).toEqual([1])
    expect(pids()).toHaveLength(3)
  })

  it('ends a start that takes too long', async () => {
    supervise('silent-at-start,works', { start: 3000 })
    expect(await use(1)).toEqual([1])
    expect(pids()).toHaveLength(2)
  })

  it('gives up after five losses in a row, until it is forgiven', async () => {
    supervise('crash-at-start,crash-at-start,crash-at-start,crash-at-start,crash-at-start,works')
    await expect(use(1)).rejects.toThrow(EngineGivenUp)
    expect(pids()).toHaveLength(5)
    expect(supervisor.status).toEqual({ state: 'failed', message: 'The engine stopped 5 times in a row and is not started again.' })
    await expect(use(1)).rejects.toThrow(EngineGivenUp)
    expect(pids()).toHaveLength(5)
    supervisor.forgive()
    expect(await use(1)).toEqual([1])
  })

  it('counts losses in a row only: a job done wipes them out', async () => {
    supervise('crash,crash,crash,works,works')
    for (let i = 0; i < 3; i++) await expect(use(1)).rejects.toThrow(EngineLost)
    expect(await use(1)).toEqual([1])
    process.kill(pids().at(-1)!, 'SIGKILL')
    await expect.poll(() => supervisor.status.state).toBe('stopped')
    expect(await use(5)).toEqual([5])
  })

  it('says at once where no engine works, without trying again', async () => {
    supervise('no-engine')
    await expect(use(1)).rejects.toThrow('No engine works on this machine.')
    expect(pids()).toHaveLength(1)
    expect(supervisor.status.state).toBe('failed')
  })

  it('stops a job by its signal', async () => {
    supervise('works')
    const stop = new AbortController()
    const job = supervisor.use((calls) => score()(calls, stop.signal), stop.signal)
    await expect.poll(() => supervisor.status.state).toBe('busy')
    stop.abort()
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(await use(1)).toEqual([1])
    expect(pids()).toHaveLength(1)
  })

  it('ends the process of a job that does not stop', async () => {
    supervise('stubborn,works', { stop: 200 })
    const stop = new AbortController()
    const job = supervisor.use((calls) => score(1)(calls, stop.signal), stop.signal)
    await expect.poll(() => supervisor.status.state).toBe('busy')
    stop.abort()
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
    expect(await use(1)).toEqual([1])
    expect(pids()).toHaveLength(2)
  })

  it('does not wait for a start when its signal is aborted meanwhile', async () => {
    supervise('silent-at-start')
    const stop = new AbortController()
    const job = supervisor.use(score(1), stop.signal)
    stop.abort()
    await expect(job).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('lets an idle process go, and starts one when it is needed again', async () => {
    supervise('works', { idle: 50 })
    await use(1)
    await expect.poll(() => supervisor.status).toEqual({ state: 'stopped', message: 'The engine starts when it is next needed.' })
    expect(await use(2)).toEqual([2])
    expect(pids()).toHaveLength(2)
  })

  it('checks each engine in a process of its own, and tells which one it is at', async () => {
    supervise('works')
    await use(1)
    const seen: unknown[] = []
    const [a, b] = await Promise.all([supervisor.check((...at) => seen.push(at)), supervisor.check()])
    expect(a.chosen).toBe('tensorflow')
    expect(a.engines.map(({ name, works }) => [name, works])).toEqual([
      ['tensorflow', true],
      ['cpu', true],
      ['webgpu', false],
      ['wasm', false],
    ])
    expect(a.versions).toMatchObject({ trial: '1' })
    expect(b).toBe(a)
    expect(seen).toEqual([
      ['TensorFlow', 0, 4],
      ['WebGPU', 1, 4],
      ['WebAssembly', 2, 4],
      ['Plain JavaScript', 3, 4],
    ])
    expect(pids()).toHaveLength(5)
    expect(await use(2)).toEqual([2])
    await expect.poll(() => pids().slice(1).some(isAlive)).toBe(false)
  })

  it('tells of an engine whose driver takes its process along, and of the others all the same', async () => {
    supervise('crash-at-check')
    const { chosen, engines } = await supervisor.check()
    expect(chosen).toBe('tensorflow')
    expect(engines.find(({ name }) => name === 'webgpu')).toMatchObject({
      works: false,
      reason: 'It ended its process: it was ended by SIGSEGV.',
    })
    expect(engines[0]!.reason).toBe(
      'WebGPU: It ended its process: it was ended by SIGSEGV. So TensorFlow on the CPU is used: a training step gave the expected numbers.',
    )
  })

  it('says of every engine how its process ended', async () => {
    supervise('crash-at-start')
    const { chosen, engines } = await supervisor.check()
    expect(chosen).toBeNull()
    expect(engines.map(({ reason }) => reason)).toEqual(Array(4).fill('It ended its process: it ended with exit code 3.'))
  })

  it('ends the process of a check that nobody waits for any more, and checks anew when asked', async () => {
    supervise('silent-at-check,works')
    const stops = [new AbortController(), new AbortController()]
    const checks = stops.map(({ signal }) => supervisor.check(() => {}, signal))
    stops[0]!.abort()
    await expect(checks[0]).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => existsSync(join(folder, 'starts'))).toBe(true)
    const [checking] = pids()
    expect(isAlive(checking!)).toBe(true)
    stops[1]!.abort()
    await expect(checks[1]).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => isAlive(checking!)).toBe(false)
    expect(await supervisor.check()).toMatchObject({ versions: { trial: '1' } })
    expect(pids()).toHaveLength(5)
  })

  it('ends a check when it is closed, and starts none after that', async () => {
    supervise('silent-at-check')
    const check = supervisor.check()
    await expect.poll(() => existsSync(join(folder, 'starts'))).toBe(true)
    supervisor.close()
    await expect(check).rejects.toMatchObject({ code: 'unavailable', message: 'The workbench is closing.' })
    await expect.poll(() => isAlive(pids()[0]!)).toBe(false)
    await expect(supervisor.check()).rejects.toMatchObject({ code: 'unavailable' })
    expect(pids()).toHaveLength(1)
  })

  it('does nothing once it is closed', async () => {
    supervise('works')
    await use(1)
    supervisor.close()
    await expect(use(1)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('says how a process that cannot be started failed', async () => {
    supervisor = new EngineSupervisor({ startEngine: forkEngine(join(folder, 'nothing.js'), silentLog), log: silentLog, mostLosses: 2 })
    await expect(supervisor.use(score(1))).rejects.toThrow(EngineGivenUp)
  })

  describe('with CUDA installed and an NVIDIA GPU reported', () => {
    it('starts TensorFlow on it', async () => {
      supervise('cuda-works', {}, withCuda)
      expect(await use(1)).toEqual([1])
      expect(pids()).toHaveLength(1)
      expect(supervisor.status.message).toBe('TensorFlow on NVIDIA GPU (CUDA), ready')
      const { engines } = await supervisor.check()
      expect(engines[0]).toMatchObject({ name: 'tensorflow', onGpu: true, works: true })
      expect(engines[1]).toMatchObject({ name: 'tensorflow', onGpu: false, works: true })
    })

    it.each([
      ['cuda-old-driver', 'The NVIDIA driver is too old for this CUDA.'],
      ['cuda-missing-library', 'A library of CUDA is missing or damaged (libcudnn.so.9).'],
      ['works', 'It found no GPU.'],
    ])('goes on with the processor where it fails (%s), and says why', async (trial, why) => {
      supervise(trial, {}, withCuda)
      expect(await use(1)).toEqual([1])
      expect(pids()).toHaveLength(2)
      expect(supervisor.status.message).toBe('TensorFlow on the CPU (a better engine failed: see Settings), ready')
      const { chosen, engines, gpus } = await supervisor.check()
      expect(gpus).toHaveLength(1)
      expect(chosen).toBe('tensorflow')
      expect(engines.find(({ device }) => device === 'CUDA')).toMatchObject({
        works: false,
        reason: expect.stringContaining(why) as string,
      })
      expect(engines[0]!.reason).toContain(why)
    })

    it('counts no loss for it', async () => {
      supervise('crash-at-start,crash,crash,crash,crash,works', {}, withCuda)
      for (let i = 0; i < 4; i++) await expect(use(1)).rejects.toThrow(EngineLost)
      expect(await use(1)).toEqual([1])
      expect(pids()).toHaveLength(6)
    })
  })
})
