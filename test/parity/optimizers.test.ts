import type { Tensor } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/engine/backends/backend.ts'
import { loaders } from '../../src/engine/backends/loaders.ts'
import { tf } from '../../src/engine/tfjs.ts'
import { stepRates, takeStep } from '../../src/engine/training/optimizers/optimizers.ts'
import { engineNames } from '../../src/shared/domain/engine.ts'
import { optimizers, type Optimizer } from '../../src/shared/domain/recipe.ts'
import { noVulkan, useSoftwareVulkan } from '../unit/engine/backends/softwareVulkan.ts'
import { floats, readJson } from './fixtures.ts'

interface Written {
  readonly sizes: number[]
  readonly learningRate: number
  readonly initial: string
  /** The packed gradient of each step. */
  readonly gradients: string[]
  readonly cases: {
    readonly optimizer: Optimizer
    readonly momentum: number
    readonly weightDecay: number
    /** The weights after the first step, and after the last. */
    readonly first: string
    readonly last: string
  }[]
}

const { sizes, learningRate, initial, gradients, cases } = readJson<Written>('optimizers')
/** Of the largest weight: what float32 leaves of a step, and of twenty. */
const [ONE_STEP, TWENTY_STEPS] = [1e-6, 3e-6]

it('has numbers of every optimiser, over twenty steps', () => {
  expect(new Set(cases.map(({ optimizer }) => optimizer))).toEqual(new Set(optimizers))
  expect(gradients.length).toBe(20)
})

describe.each(engineNames)('%s takes the steps of PyTorch, and of the paper for LAMB', (engine) => {
  let backend: Backend
  beforeEach(({ skip }) => skip(engine === 'webgpu' && noVulkan !== undefined, noVulkan))
  beforeAll(async () => {
    if (engine === 'webgpu' && noVulkan) return
    if (engine === 'webgpu') useSoftwareVulkan()
    backend = await loaders[engine].load()
  })
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(0)
  })

  it.each(cases)('$optimizer, momentum $momentum, weight decay $weightDecay', async ({ first, last, ...settings }) => {
    const weights = floats(initial)
    const zeros = () => tf.zeros([weights.length])
    let state: Tensor[] = [tf.tensor1d(weights), zeros(), zeros()]
    const inputsOf = (step: number) => [tf.tensor1d(floats(gradients[step - 1]!)), tf.tensor1d(stepRates(step, learningRate, settings))]
    const examples = inputsOf(1)
    const compiled = backend.compile(
      (...given) => {
        const [weights, moment1, moment2, gradient, rates] = given as [Tensor, Tensor, Tensor, Tensor, Tensor]
        const next = takeStep({ weights, moment1, moment2 }, gradient, rates, settings, sizes)
        return [next.weights, next.moment1, next.moment2]
      },
      [...state, ...examples],
    )
    tf.dispose(examples)
    for (let step = 1; step <= gradients.length; step++) {
      const inputs = inputsOf(step)
      const results = compiled.run(...state, ...inputs)
      tf.dispose([...state, ...inputs])
      state = results
      if (step === 1) expectClose(await backend.read(state[0]!), floats(first), ONE_STEP)
    }
    const after = await backend.read(state[0]!)
    tf.dispose(state)
    compiled.dispose()
    expectClose(after, floats(last), TWENTY_STEPS)
  })
})

function expectClose(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  const scale = Math.max(...expected.map(Math.abs))
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!))) / scale).toBeLessThanOrEqual(tolerance)
}
