import type { Tensor, Tensor1D, Tensor4D, TensorContainer } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { maxPoolPairs } from '../../../../src/engine/ops/maxPoolPairs.ts'
import { nativeLanes } from '../../../../src/engine/ops/nativeEncoder.ts'
import type { Ops } from '../../../../src/engine/ops/ops.ts'
import { portableOps } from '../../../../src/engine/ops/portableOps.ts'
import { nativeOps, tensorflowOps } from '../../../../src/engine/ops/tensorflowOps.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { oneHotTable } from '../../../../src/shared/dna/bases.ts'
import { random, shuffle, type Random } from '../../../../src/shared/stats/random.ts'

type Shape = readonly number[]
interface Trial {
  readonly fn: (...inputs: Tensor[]) => Tensor
  readonly inputs: readonly { readonly shape: Shape; readonly values: Float32Array }[]
  /** How far an input is moved to either side. */
  readonly step: number
  readonly tolerance: number
}

/**
 * Gradients against finite differences: of a weighted sum of the output, along three directions in which everything moves, and
 * along the gradient itself, where a wrong factor shows most. The sums are made in double precision; what is left is the rounding of
 * float32 outputs, some 1e-7 ÷ step, and the curvature, of the order of step², both far within the tolerances.
 */
function expectGradients({ fn, inputs, step, tolerance }: Trial, source: Random): void {
  const run = <T extends TensorContainer>(values: readonly Float32Array[], use: (tensors: Tensor[]) => T): T =>
    tf.tidy(() => use(values.map((ofInput, i) => tf.tensor(ofInput, [...inputs[i]!.shape]))))
  const given = inputs.map(({ values }) => values)
  const shape = run(given, (tensors) => fn(...tensors).shape)
  const size = shape.reduce((product, n) => product * n, 1)
  const weights = Float32Array.from({ length: size }, source.normal)
  const sum = (values: readonly Float32Array[]) =>
    run(values, (tensors) => fn(...tensors).dataSync<'float32'>()).reduce((total, value, i) => total + value * weights[i]!, 0)
  const gradients = run(given, (tensors) =>
    tf
      .grads(fn)(tensors, tf.tensor(weights, shape))
      .map((gradient) => gradient.dataSync<'float32'>().slice()),
  )
  gradients.forEach((gradient, input) => {
    const length = Math.hypot(...gradient)
    const directions = [...Array.from({ length: 3 }, () => Float32Array.from(gradient, source.normal)), gradient]
    for (const direction of directions) {
      const norm = Math.hypot(...direction)
      if (norm === 0) continue
      // Moved in float32, by what was really moved.
      const moved = (by: number) => given[input]!.map((value, i) => value + (by * direction[i]!) / norm)
      const [ahead, behind] = [moved(step), moved(-step)]
      const expected = gradient.reduce((total, slope, i) => total + slope * (ahead[i]! - behind[i]!), 0)
      const at = (values: Float32Array) => sum(given.map((ofInput, i) => (i === input ? values : ofInput)))
      expect(Math.abs(at(ahead) - at(behind) - expected), `input ${input}`).toBeLessThanOrEqual(
        tolerance * 2 * step * Math.max(length, 0.1),
      )
    }
  })
}

const drawn = (shape: Shape, source: Random, draw = source.normal) => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((product, n) => product * n, 1) }, draw),
})
const small = fc.integer({ min: 1, max: 5 })
const trials = { numRuns: 12, seed: 1 }

/** On either side of zero, further than a step. */
const awayFromZero = (source: Random) => () => {
  const value = source.normal()
  return value + Math.sign(value || 1) * 0.1
}

describe.each([
  ['TensorFlow', 'tensorflow', tensorflowOps],
  ['portable, in plain JavaScript', 'cpu', portableOps],
  ['portable, in WebAssembly', 'wasm', portableOps],
] as const)('the gradients of the operations (%s) are those of finite differences', (_, engine, ops) => {
  beforeAll(async () => {
    await loaders[engine].load()
  })
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(0)
  })

  it('convolution', () => {
    const property = fc.property(
      small,
      small,
      small,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 12 }),
      fc.nat(),
      (batch, channels, outputs, width, more, seed) => {
        const source = random(seed)
        const padding = Math.min(seed % 5, width - 1)
        const inputs = [[batch, 1, width + more, channels], [1, width, channels, outputs], [outputs]].map((shape) => drawn(shape, source))
        const fn = (x: Tensor, filters: Tensor, bias: Tensor) => ops.conv(x as Tensor4D, filters as Tensor4D, bias as Tensor1D, padding)
        // Linear in each input, so a long step costs nothing.
        expectGradients({ fn: fn, inputs, step: 1, tolerance: 1e-4 }, source)
      },
    )
    fc.assert(property, trials)
  })

  it('ReLU', () => {
    const property = fc.property(small, small, small, fc.nat(), (batch, length, channels, seed) => {
      const source = random(seed)
      const inputs = [drawn([batch, 1, length, channels], source, awayFromZero(source))]
      expectGradients({ fn: (x) => ops.relu(x), inputs, step: 0.05, tolerance: 1e-4 }, source)
    })
    fc.assert(property, trials)
  })

  it('batch normalisation', () => {
    const property = fc.property(small, fc.integer({ min: 8, max: 30 }), small, fc.nat(), (batch, length, channels, seed) => {
      const source = random(seed)
      const inputs = [drawn([batch, 1, length, channels], source), drawn([channels], source), drawn([channels], source)]
      const fn = (x: Tensor, scale: Tensor, offset: Tensor) => {
        const { y, mean, variance } = ops.batchNorm(x as Tensor4D, scale as Tensor1D, offset as Tensor1D, 1e-5)
        tf.dispose([mean, variance])
        return y
      }
      expectGradients({ fn: fn, inputs, step: 0.02, tolerance: 2e-3 }, source)
    })
    fc.assert(property, trials)
  })

  it('max pooling by pairs', () => {
    const property = fc.property(small, fc.integer({ min: 2, max: 20 }), small, fc.nat(), (batch, length, channels, seed) => {
      const source = random(seed)
      // No two values are nearer to each other than two steps.
      const values = shuffle(
        Array.from({ length: batch * length * channels }, (_, i) => i * 0.25),
        source,
      )
      const inputs = [{ shape: [batch, 1, length, channels], values: Float32Array.from(values) }]
      expectGradients({ fn: (x) => maxPoolPairs(x as Tensor4D), inputs, step: 0.1, tolerance: 1e-3 }, source)
    })
    fc.assert(property, trials)
  })

  // The same code as in WebAssembly, a hundred times slower.
  if (engine !== 'cpu') it.each([false, true])('the whole encoder (attention: %s)', (attends) => encoderTrial(ops, attends))
})

describe('the gradients of the native encoder are those of finite differences', () => {
  let lanes = 0
  beforeAll(async () => {
    await loaders.tensorflow.load()
    lanes = nativeLanes()
  })
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(0)
  })

  for (const attends of [false, true]) {
    it(`attention: ${attends}`, ({ skip }) => {
      skip(lanes === 0, 'this computer has no native encoder')
      encoderTrial(nativeOps, attends)
    })
  }
})

/**
 * The encoder as the variants have it. Its ReLUs and pools bend the sum where a step carries a position over zero: many positions
 * make that smooth, and the tolerance is wide enough for what is left.
 */
function encoderTrial(ops: Ops, attends: boolean): void {
  const source = random(attends ? 21 : 20)
  const [batch, length, padding] = [6, 60, 4]
  const sizes = [
    [4, 8],
    [8, 8],
    [8, 16],
  ] as const
  const uniform = (bound: number) => () => bound * (2 * source.uniform() - 1)
  const inputs = [
    ...sizes.flatMap(([from, to]) => [
      drawn([1, 8, from, to], source, uniform(1 / Math.sqrt(8 * from))),
      drawn([to], source, uniform(0.2)),
      drawn([to], source, () => 0.5 + source.uniform()),
      drawn([to], source, uniform(0.5)),
    ]),
    ...(attends ? [drawn([1, 1, 16, 1], source, uniform(1)), drawn([1], source)] : []),
  ]
  const codes = Int32Array.from({ length: batch * (length + 2 * padding) }, (_, i) => {
    const position = (i % (length + 2 * padding)) - padding
    return position < 0 || position >= length ? 0 : 1 << source.integer(4)
  })
  const input = { codes: tf.tensor2d(codes, [batch, length + 2 * padding], 'int32'), table: tf.tensor2d(oneHotTable('zeros'), [16, 4]) }
  const fn = (...tensors: Tensor[]) => {
    const layers = sizes.map((_, i) => {
      const [filters, bias, scale, offset] = tensors.slice(4 * i, 4 * i + 4) as [Tensor4D, Tensor1D, Tensor1D, Tensor1D]
      return { filters, bias, scale, offset, pools: i === 0 }
    })
    const [filter, bias] = tensors.slice(12) as [Tensor4D, Tensor1D]
    const encoder = { layers, attention: attends ? { filter, bias } : null, padding, epsilon: 1e-5 }
    const { features, statistics } = ops.encode(encoder, input)
    statistics.dispose()
    return features
  }
  expectGradients({ fn, inputs, step: 1e-3, tolerance: 0.03 }, source)
  tf.dispose([input.codes, input.table])
}
