import type { Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { tryBackend } from '../../../../src/engine/backends/tryBackend.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { lossyTensorFlow } from './faultyLoaders.ts'

/** An engine with a ReLU that lets through a share of what it should stop. */
const leaky = (share: number) => ({
  ...loaders,
  wasm: {
    name: 'wasm' as const,
    load: async () => {
      const backend = await loaders.wasm.load()
      return { ...backend, ops: { ...backend.ops, relu: <T extends Tensor>(x: T) => tf.leakyRelu<T>(x, share) } }
    },
  },
})

describe('tryBackend', () => {
  it.each(['tensorflow', 'wasm', 'cpu'] as const)('says how near %s comes to PyTorch, and how fast it is', async (name) => {
    const { report, versions } = await tryBackend(name)
    expect(report).toMatchObject({ name, onGpu: false, works: true, reason: '' })
    expect(report.device).toMatch(/^CPU/)
    expect(report.difference).toBeGreaterThan(0)
    expect(report.difference).toBeLessThan(1e-5)
    expect(report.rowsPerSecond).toBeGreaterThan(0)
    expect(versions['tfjs']).toMatch(/^4\./)
    expect(tf.memory().numTensors).toBe(0)
  })

  it('says how far an engine is off that computes wrong numbers', async () => {
    const { report } = await tryBackend('wasm', leaky(0.01))
    expect(report).toMatchObject({ works: false, rowsPerSecond: null, device: 'CPU (WebAssembly)' })
    expect(report.reason).toMatch(/^A training step gave wrong numbers \(.* instead of .*\), so it cannot be trusted\.$/)
    expect(report.difference).toBeGreaterThan(1e-4)
    expect(tf.memory().numTensors).toBe(0)
  })

  it('says how fast TensorFlow’s own layers are where the native encoder gives wrong numbers, and why they are used', async () => {
    const { report } = await tryBackend('tensorflow', { ...loaders, tensorflow: lossyTensorFlow })
    expect(report).toMatchObject({ name: 'tensorflow', works: true, rowsPerSecond: expect.any(Number) as number })
    expect(report.reason).toMatch(/^Its fast encoder is not used, but TensorFlow’s own layers, .* gave wrong numbers/)
    expect(report.difference).toBeLessThan(1e-5)
  })

  it('says so where there is no number at all', async () => {
    const { report } = await tryBackend('wasm', leaky(Number.NaN))
    expect(report).toMatchObject({ works: false, difference: null })
  })

  it('gives the words of an engine that cannot be started', async () => {
    const from = { ...loaders, cpu: { name: 'cpu' as const, load: () => Promise.reject(new Error('symbol not found')) } }
    expect((await tryBackend('cpu', from)).report).toEqual({
      name: 'cpu',
      device: '',
      onGpu: false,
      works: false,
      difference: null,
      rowsPerSecond: null,
      reason: 'A training step failed: symbol not found.',
    })
  })
})
