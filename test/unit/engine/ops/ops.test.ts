import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { maxPoolPairs } from '../../../../src/engine/ops/maxPoolPairs.ts'
import type { Ops } from '../../../../src/engine/ops/ops.ts'
import { portableOps } from '../../../../src/engine/ops/portableOps.ts'
import { tensorflowOps } from '../../../../src/engine/ops/tensorflowOps.ts'
import { tf } from '../../../../src/engine/tfjs.ts'

beforeAll(async () => {
  await loaders.tensorflow.load()
})
afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)

/** Output and gradients, for a weighted sum of the output, of a function. */
function withGradients(fn: (...inputs: Tensor[]) => Tensor, inputs: () => Tensor[]): number[][] {
  return tf.tidy(() => {
    const given = inputs()
    const y = fn(...given)
    const dy = normal(y.shape, 99)
    return [y, ...tf.grads(fn)(given, dy)].map((tensor) => [...tensor.dataSync()])
  })
}

function expectSame(actual: number[][], expected: number[][]): void {
  expect(actual.length).toBe(expected.length)
  actual.forEach((values, i) => {
    const scale = Math.max(...expected[i]!.map(Math.abs))
    expect(values.length).toBe(expected[i]!.length)
    expect(Math.max(...values.map((value, j) => Math.abs(value - expected[i]![j]!))) / scale).toBeLessThan(1e-5)
  })
}

describe("TensorFlow's form and the portable form give the same", () => {
  const both = (of: (ops: Ops) => (...inputs: Tensor[]) => Tensor, inputs: () => Tensor[]) =>
    expectSame(withGradients(of(tensorflowOps), inputs), withGradients(of(portableOps), inputs))

  it.each([0, 4])('convolution with a padding of %i, and its three gradients', (padding) => {
    both(
      (ops) => (x, filters, bias) => ops.conv(x as Tensor4D, filters as Tensor4D, bias as Tensor1D, padding),
      () => [normal([3, 1, 20, 4], 1), normal([1, 8, 4, 6], 2), normal([6], 3)],
    )
  })

  it('ReLU and its gradient, of any rank', () => {
    both(
      (ops) => (x) => ops.relu(x),
      () => [normal([5, 7], 1)],
    )
    both(
      (ops) => (x) => ops.relu(x),
      () => [normal([2, 1, 5, 3], 1)],
    )
  })

  it('batch normalisation, its three gradients, and the statistics of the batch', () => {
    const statistics: number[][][] = []
    const normalise = (ops: Ops) => (x: Tensor, scale: Tensor, offset: Tensor) => {
      const result = ops.batchNorm(x as Tensor4D, scale as Tensor1D, offset as Tensor1D, 1e-5)
      statistics.push([[...result.mean.dataSync()], [...result.variance.dataSync()]])
      tf.dispose([result.mean, result.variance])
      return result.y
    }
    both(normalise, () => [tf.add(normal([3, 1, 9, 4], 1), 2), normal([4], 2), normal([4], 3)])
    expectSame(statistics[0]!, statistics.at(-1)!)
  })
})

describe.each([
  ['TensorFlow', tensorflowOps],
  ['portable', portableOps],
] as const)('uniform noise (%s)', (_, ops) => {
  const draw = (...seeds: [number, number]) => tf.tidy(() => [...ops.uniform([50, 40], tf.tensor1d(seeds, 'int32')).dataSync()])

  it('is fixed by its seeds, both of them', () => {
    expect(draw(1, 2)).toEqual(draw(1, 2))
    expect(draw(1, 2)).not.toEqual(draw(2, 2))
    expect(draw(1, 2)).not.toEqual(draw(1, 3))
  })

  it('is uniform on [0, 1)', () => {
    const values = draw(5, 6)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    for (const limit of [0.1, 0.3, 0.5, 0.9]) expect(values.filter((value) => value < limit).length / values.length).toBeCloseTo(limit, 1)
  })
})

describe('max pooling by pairs', () => {
  it.each([8, 9])("gives what TensorFlow's own kernel gives, for a length of %i", (length) => {
    const inputs = () => [normal([3, 1, length, 5], 1)]
    expectSame(
      withGradients((x) => maxPoolPairs(x as Tensor4D), inputs),
      withGradients((x) => tf.maxPool(x as Tensor4D, [1, 2], [1, 2], 'valid'), inputs),
    )
  })

  it('gives the gradient to the first of two equal values', () => {
    const gradient = tf.tidy(() => [
      ...tf
        .grad((x: Tensor) => maxPoolPairs(x as Tensor4D))(tf.ones([1, 1, 4, 1]))
        .dataSync(),
    ])
    expect(gradient).toEqual([1, 0, 1, 0])
  })
})
