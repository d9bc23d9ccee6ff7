import type { Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import type { BackendLoader } from '../../../../src/engine/backends/backend.ts'
import { chooseBackend } from '../../../../src/engine/backends/chooseBackend.ts'
import type { Ops } from '../../../../src/engine/ops/ops.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { tensorflowOps } from '../../../../src/engine/ops/tensorflowOps.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import { lossyTensorFlow } from './faultyLoaders.ts'

const absent: BackendLoader = {
  name: 'tensorflow',
  load: () =>
    Promise.reject(
      new WorkbenchError('unavailable', "TensorFlow's runtime is not installed on this computer.", { hint: 'Run the set-up again.' }),
    ),
}
/** As on a computer without a GPU, whatever this one has. */
const noGpu: BackendLoader = { name: 'webgpu', load: () => Promise.reject(new WorkbenchError('unavailable', 'No GPU answers.')) }
/** A GPU, as far as the choice can tell: it computes with TensorFlow. */
const gpu: BackendLoader = {
  name: 'webgpu',
  load: async () => ({ ...(await loaders.tensorflow.load()), name: 'webgpu', device: 'Test GPU', onGpu: true }),
}
const playedGpu: BackendLoader = {
  name: 'webgpu',
  load: async () => ({ ...(await loaders.tensorflow.load()), name: 'webgpu', device: 'CPU (played)', onGpu: false }),
}
/** TensorFlow, but for a ReLU that lets through a little of what it should stop. */
const wrong: BackendLoader = {
  name: 'tensorflow',
  load: async () => {
    const { withoutNative: _, ...backend } = await loaders.tensorflow.load()
    return { ...backend, ops: leaky(backend.ops) }
  },
}
const leaky = (ops: Ops): Ops => ({ ...ops, relu: <T extends Tensor>(x: T) => tf.leakyRelu<T>(x, 0.01) })

const broken: BackendLoader = { name: 'tensorflow', load: () => Promise.reject(new Error('symbol not found')) }

describe('the choice of an engine', () => {
  it('falls on TensorFlow where it works, and leaves no tensors', async () => {
    const { backend, reason } = await chooseBackend({ from: { ...loaders, webgpu: noGpu } })
    expect(backend.name).toBe('tensorflow')
    expect(tf.getBackend()).toBe('tensorflow')
    expect(reason).toBe('WebGPU: No GPU answers. So TensorFlow on the CPU is used: a training step gave the expected numbers.')
    expect(tf.memory().numTensors).toBe(0)
  })

  it('falls on the next where the runtime is missing, and says why and what that means', async () => {
    const { backend, reason } = await chooseBackend({ from: { ...loaders, webgpu: noGpu, tensorflow: absent } })
    expect(backend.name).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
    expect(reason).toContain(
      "TensorFlow: TensorFlow's runtime is not installed on this computer. Run the set-up again. WebGPU: No GPU answers. So WebAssembly on the CPU is used:",
    )
    expect(reason).toContain('very slow')
  })

  it('does not fall on an engine that computes wrong numbers', async () => {
    const { backend, reason } = await chooseBackend({ from: { ...loaders, webgpu: noGpu, tensorflow: wrong } })
    expect(backend.name).toBe('wasm')
    expect(reason).toMatch(/TensorFlow: A training step gave wrong numbers \(.*\), so it cannot be trusted\. So WebAssembly/)
  })

  it('falls back to TensorFlow’s own layers where the native encoder gives wrong numbers, in any of its blocks', async () => {
    const { backend, reason } = await chooseBackend({ from: { ...loaders, webgpu: noGpu, tensorflow: lossyTensorFlow } })
    expect(backend.name).toBe('tensorflow')
    expect(backend.ops).toBe(tensorflowOps)
    expect(reason).toMatch(
      /TensorFlow: Its fast encoder is not used, but TensorFlow’s own layers, which are slower\. A training step gave wrong numbers \(.*\), so it cannot be trusted\. So TensorFlow on the CPU is used/,
    )
    expect(tf.memory().numTensors).toBe(0)
  })

  it('keeps to the engines that are asked for, best first', async () => {
    expect((await chooseBackend({ engines: ['cpu'] })).backend.name).toBe('cpu')
    expect((await chooseBackend({ engines: ['cpu', 'wasm'] })).backend.name).toBe('wasm')
  })

  it('tells of every engine when none works', async () => {
    await expect(chooseBackend({ engines: ['tensorflow'], from: { ...loaders, tensorflow: broken } })).rejects.toThrow(
      'No engine works on this computer. TensorFlow: A training step failed: symbol not found',
    )
  })

  it('falls on any GPU before TensorFlow on the processor', async () => {
    const { backend, reason } = await chooseBackend({ from: { ...loaders, webgpu: gpu } })
    expect(backend.name).toBe('webgpu')
    expect(reason).toBe('WebGPU on Test GPU is used: a training step gave the expected numbers.')
  })

  it('does not fall on a processor that plays a GPU, and says so', async () => {
    const { backend, reason } = await chooseBackend({ from: { ...loaders, webgpu: playedGpu } })
    expect(backend.name).toBe('tensorflow')
    expect(reason).toMatch(/^WebGPU: Only a processor that plays a GPU answers, .* So TensorFlow on the CPU is used/)
  })

  it('takes such a one where it is all there is', async () => {
    expect((await chooseBackend({ engines: ['webgpu'], from: { ...loaders, webgpu: playedGpu } })).backend.name).toBe('webgpu')
  })

  it('refuses every processor where only a GPU will do', async () => {
    const from = { ...loaders, webgpu: noGpu }
    await expect(chooseBackend({ engines: ['tensorflow'], gpuOnly: true, from })).rejects.toThrow('TensorFlow: It found no GPU.')
  })

  it('tells which engine it is about to try', async () => {
    const tried: string[] = []
    await chooseBackend({ from: { ...loaders, tensorflow: absent, webgpu: noGpu }, onTrying: (name) => tried.push(name) })
    expect(tried).toEqual(['tensorflow', 'webgpu', 'wasm'])
  })
})
