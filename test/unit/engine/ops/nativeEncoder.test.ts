import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { tensorFlowBackend } from '../../../../src/engine/graph/binding.ts'
import { nativeLanes } from '../../../../src/engine/ops/nativeEncoder.ts'
import type { EncoderInput, Ops } from '../../../../src/engine/ops/ops.ts'
import { portableOps } from '../../../../src/engine/ops/portableOps.ts'
import { nativeOps } from '../../../../src/engine/ops/tensorflowOps.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { encoderFrom, encoderInput, encoderTensors, pairedInput, type Pooling } from './encoderInputs.ts'

beforeAll(async () => {
  await loaders.tensorflow.load()
})
afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

interface Encoded {
  readonly features: number[]
  readonly statistics: number[]
  readonly gradients: number[][]
}

/** What an encoder gives in training mode, and the gradients of a weighted sum of its features. */
function encoded(ops: Ops, learned: () => Tensor[], input: () => EncoderInput): Encoded {
  return tf.tidy(() => {
    const [tensors, given] = [learned(), input()]
    const kept: Tensor[] = []
    const run = (...current: Tensor[]) => {
      const { features, statistics } = ops.encode(encoderFrom(current), given)
      kept.push(statistics)
      return features
    }
    const features = run(...tensors)
    const slope = tf.randomNormal(features.shape, 0, 1, 'float32', 99)
    const gradients = tf
      .grads(run)(tensors, slope)
      .map((gradient) => [...gradient.dataSync()])
    const result = { features: [...features.dataSync()], statistics: [...kept[0]!.dataSync()], gradients }
    tf.dispose(kept)
    return result
  })
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number, leastScale = 0): void {
  expect(actual.length).toBe(expected.length)
  const scale = Math.max(leastScale, ...expected.map(Math.abs))
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!))) / scale).toBeLessThanOrEqual(tolerance)
}

const poolings = ['mean', 'attention'] as const

it('is at hand wherever the set-up could build it', () => {
  expect(nativeLanes()).toBeGreaterThan(0)
})

describe.each(poolings)('the native encoder, pooling by %s, gives what the composition of layers gives', (pooling) => {
  const learned = () => encoderTensors(pooling)

  // Lanes left over, odd lengths before and after the max pool, one sequence alone, more than one block.
  it.each([
    [1, 40, 'zeros'],
    [3, 41, 'probabilities'],
    [16, 30, 'zeros'],
    [37, 23, 'probabilities'],
    [70, 8, 'zeros'],
  ] as const)('in training, for %i sequences of %i bases, ambiguous letters as %s', (batch, length, ambiguous) => {
    const input = () => encoderInput(batch, length, ambiguous)
    const [actual, expected] = [encoded(nativeOps, learned, input), encoded(portableOps, learned, input)]
    expectClose(actual.features, expected.features, 1e-5)
    expectClose(actual.statistics, expected.statistics, 1e-5)
    const largest = Math.max(...expected.gradients.flat().map(Math.abs))
    // Both round; test/parity holds each to PyTorch's double precision.
    actual.gradients.forEach((gradient, i) => expectClose(gradient, expected.gradients[i]!, 1e-4, 0.01 * largest))
  })

  it('with statistics that are given', () => {
    const encodeWith = (ops: Ops) =>
      tf.tidy(() => {
        const statistics = tf.abs<Tensor1D>(tf.randomNormal([64], 0, 1, 'float32', 5))
        return [...ops.encodeWith(encoderFrom(learned()), encoderInput(35, 50, 'probabilities'), statistics).dataSync()]
      })
    expectClose(encodeWith(nativeOps), encodeWith(portableOps), 1e-5)
  })

  it.each([50, 51, 8])('from packed codes, sequences of %i bases, the very same', (length) => {
    tf.tidy(() => {
      const statistics = tf.abs<Tensor1D>(tf.randomNormal([64], 0, 1, 'float32', 5))
      const encoder = encoderFrom(learned())
      const input = encoderInput(35, length, 'probabilities')
      const packed = nativeOps.encodePairs!(encoder, pairedInput(input, length), statistics)
      expect(packed.dataSync()).toEqual(nativeOps.encodeWith(encoder, input, statistics).dataSync())
    })
  })

  it('has the gradient that finite differences have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 24, max: 60 }), fc.integer({ min: 1 }), (batch, length, seed) => {
        const { slopeAlong, difference } = tf.tidy(() => alongRandomDirection(pooling, batch, length, seed))
        // A step along all tensors passes kinks of ReLU and max pool, so the two differ by some hundredths.
        expect(Math.abs(slopeAlong - difference)).toBeLessThan(0.15 * Math.max(1, Math.abs(difference)))
      }),
      { numRuns: 15, seed: 1 },
    )
  })
})

/** How fast a weighted sum of the features grows along a random direction of all learned tensors: by the gradient, and by trying. */
function alongRandomDirection(pooling: Pooling, batch: number, length: number, seed: number) {
  const input = encoderInput(batch, length, 'probabilities', seed)
  const learned = encoderTensors(pooling, seed)
  const weights = tf.randomNormal([batch, 16], 0, 1 / batch, 'float32', seed)
  const sum = (...tensors: Tensor[]) => {
    const { features, statistics } = nativeOps.encode(encoderFrom(tensors), input)
    tf.dispose(statistics)
    return tf.sum(tf.mul(features, weights))
  }
  const direction = learned.map(({ shape }, i) => tf.randomNormal(shape, 0, 1, 'float32', seed + i))
  const products = tf
    .grads(sum)(learned)
    .map((gradient, i) => tf.sum(tf.mul(gradient, direction[i]!)).dataSync()[0]!)
  const step = 5e-5
  const at = (distance: number) => sum(...learned.map((tensor, i) => tf.add(tensor, tf.mul(direction[i]!, distance)))).dataSync()[0]!
  return { slopeAlong: products.reduce((a, b) => a + b, 0), difference: (at(step) - at(-step)) / (2 * step) }
}

it('gives the same bytes whatever the number of threads, and is not there where it is switched off', async () => {
  const once = async (settings: Readonly<Record<string, string>>) => {
    const script = fileURLToPath(new URL('encodeOnce.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { ...process.env, ...settings } })
    return JSON.parse(stdout) as { lanes: number; digest: string }
  }
  const [one, two, seven, without] = [
    await once({ ENCODER_THREADS: '1' }),
    await once({ ENCODER_THREADS: '2' }),
    await once({ ENCODER_THREADS: '7' }),
    await once({ ENCODER_KERNELS: 'none' }),
  ]
  expect(two).toEqual(one)
  expect(seven).toEqual(one)
  expect(without.lanes).toBe(0)
}, 60_000)

it('refuses what does not fit, in words', () => {
  tf.tidy(() => {
    const { codes, table } = encoderInput(2, 20, 'zeros')
    const short = { codes: tf.slice(codes, [0, 0], [2, 8]), table }
    expect(() => nativeOps.encodeWith(encoderFrom(encoderTensors('mean')), short, tf.zeros([64]))).toThrow('too short')
    expect(() => nativeOps.encodeWith(encoderFrom(encoderTensors('mean')), { codes, table }, tf.zeros([63]))).toThrow('wrong size')
    const packed = { ...pairedInput({ codes, table }, 20), length: 22 }
    expect(() => nativeOps.encodePairs!(encoderFrom(encoderTensors('mean')), packed, tf.zeros([64]))).toThrow('not of the sequences')
  })
})

it('refuses a way back from what another way forward has saved', () => {
  tf.tidy(() => {
    const backend = tensorFlowBackend()
    const attributes = [
      { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_INT32 },
      { name: 'N', type: backend.binding.TF_ATTR_INT, value: 12 },
    ]
    const { codes, table } = encoderInput(2, 20, 'zeros')
    const inputs = [codes, table, tf.zeros([2, 16]), tf.zeros([100]), ...encoderTensors('mean')]
    expect(() => backend.executeMultipleOutputs('EnhancerEncodeGrad', attributes, inputs, 12)).toThrow('wrong size')
  })
})
