import type { Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import type { BackendLoader } from '../../../../src/engine/backends/backend.ts'
import { checkBackends, chooseBackend } from '../../../../src/engine/backends/chooseBackend.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'

const absent: BackendLoader = {
  name: 'tensorflow',
  load: () =>
    Promise.reject(
      new WorkbenchError('unavailable', "TensorFlow's runtime is not installed on this computer.", { hint: 'Run the set-up again.' }),
    ),
}
/** TensorFlow, but for a ReLU that lets through a little of what it should stop. */
const wrong: BackendLoader = {
  name: 'tensorflow',
  load: async () => {
    const backend = await loaders.tensorflow.load()
    return { ...backend, ops: { ...backend.ops, relu: <T extends Tensor>(x: T) => tf.leakyRelu<T>(x, 0.01) } }
  },
}
const broken: BackendLoader = { name: 'tensorflow', load: () => Promise.reject(new Error('symbol not found')) }

describe('the choice of an engine', () => {
  it('falls on TensorFlow where it works, and leaves no tensors', async () => {
    const { backend, reason } = await chooseBackend()
    expect(backend.name).toBe('tensorflow')
    expect(tf.getBackend()).toBe('tensorflow')
    expect(reason).toBe('TensorFlow works: a training step gave the expected numbers.')
    expect(tf.memory().numTensors).toBe(0)
  })

  it('falls on the next where the runtime is missing, and says why and what that means', async () => {
    const { backend, reason } = await chooseBackend(undefined, { ...loaders, tensorflow: absent })
    expect(backend.name).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
    expect(reason).toContain(
      "TensorFlow: TensorFlow's runtime is not installed on this computer. Run the set-up again. So WebAssembly is used.",
    )
    expect(reason).toContain('very slow')
  })

  it('does not fall on an engine that computes wrong numbers', async () => {
    const { backend, reason } = await chooseBackend(undefined, { ...loaders, tensorflow: wrong })
    expect(backend.name).toBe('wasm')
    expect(reason).toContain('A training step gave wrong numbers (loss:')
  })

  it('keeps to the engines that are asked for, best first', async () => {
    expect((await chooseBackend(['cpu'])).backend.name).toBe('cpu')
    expect((await chooseBackend(['cpu', 'wasm'])).backend.name).toBe('wasm')
  })

  it('tells of every engine when none works', async () => {
    await expect(chooseBackend(['tensorflow'], { ...loaders, tensorflow: broken })).rejects.toThrow(
      'No engine works on this computer. TensorFlow: A training step failed: symbol not found',
    )
  })
})

describe('the check', () => {
  it('tells of all, and leaves the best that works in use', async () => {
    const { check, choice } = await checkBackends({ ...loaders, tensorflow: absent })
    expect(check.chosen).toBe('wasm')
    expect(check.engines[0]).toEqual({
      name: 'tensorflow',
      device: '',
      works: false,
      rowsPerSecond: null,
      reason: "TensorFlow's runtime is not installed on this computer. Run the set-up again.",
    })
    expect(check.engines[2]).toMatchObject({ name: 'cpu', works: true, reason: 'Works, but WebAssembly is better.' })
    expect(choice!.backend.name).toBe('wasm')
    expect(tf.getBackend()).toBe('wasm')
    expect(tf.memory().numTensors).toBe(0)
  })
})
