import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Tensor } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { tensorFlowBackend } from '../../../../src/engine/graph/binding.ts'
import { recordOps } from '../../../../src/engine/graph/recordOps.ts'
import { traceToGraph } from '../../../../src/engine/graph/traceToGraph.ts'
import { tf } from '../../../../src/engine/tfjs.ts'

beforeAll(async () => {
  await loaders.tensorflow.load()
})
afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

/** Traces on the first inputs, runs on the second. */
function trace(fn: (...inputs: Tensor[]) => Tensor[], examples: () => Tensor[], inputs: () => Tensor[]) {
  return tf.tidy(() => {
    const compiled = traceToGraph(fn, examples())
    const results = compiled
      .run(...inputs())
      .map((result) => ({ shape: result.shape, dtype: result.dtype, values: [...result.dataSync()] }))
    compiled.dispose()
    return results
  })
}

describe('a traced function', () => {
  it('is computed from the inputs of each run, not of the trace', () => {
    const [sum] = trace(
      (a, b) => [tf.add(a, b)],
      () => [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])],
      () => [tf.tensor1d([10, 20]), tf.tensor1d([5, 6])],
    )
    expect(sum).toEqual({ shape: [2], dtype: 'float32', values: [15, 26] })
  })

  it('holds what was made in JavaScript as constants, of any type', () => {
    const results = trace(
      (x) => [
        tf.add(x, tf.tensor2d([[1, 2]])),
        tf.gather(x, tf.tensor1d([1, 0, 1], 'int32')),
        tf.where(tf.tensor1d([true, false], 'bool'), x, tf.zerosLike(x)),
        tf.concat([x, tf.tensor1d([])]),
      ],
      () => [tf.tensor1d([0, 0])],
      () => [tf.tensor1d([5, 7])],
    )
    expect(results.map(({ values }) => values)).toEqual([
      [6, 9],
      [7, 5, 7],
      [5, 0],
      [5, 7],
    ])
  })

  it('may give back an input, a constant, or one result twice', () => {
    const results = trace(
      (x) => {
        const y = tf.neg(x)
        return [x, y, y, tf.tensor1d([3], 'int32')]
      },
      () => [tf.tensor1d([0])],
      () => [tf.tensor1d([4])],
    )
    expect(results.map(({ values }) => values)).toEqual([[4], [-4], [-4], [3]])
    expect(results[3]!.dtype).toBe('int32')
  })

  it('includes gradients, and negative attributes', () => {
    const [gradient] = trace(
      (x) => [tf.grad((input) => tf.sum(tf.square(tf.softmax(tf.reshape(input, [-1, 2]), -1))))(x)],
      () => [tf.tensor1d([0, 0, 0, 0])],
      () => [tf.tensor1d([1, 2, 3, 3])],
    )
    const p = 1 / (1 + Math.E)
    const expected = 2 * p * (1 - p) * (p - (1 - p))
    expect(gradient!.values[0]).toBeCloseTo(expected, 5)
    expect(gradient!.values[1]).toBeCloseTo(-expected, 5)
    expect(gradient!.values[3]).toBeCloseTo(0, 6)
  })

  it('takes integers and truth values', () => {
    const [chosen] = trace(
      (condition, x) => [tf.where(condition, x, tf.neg(x))],
      () => [tf.tensor1d([true, true], 'bool'), tf.tensor1d([0, 0], 'int32')],
      () => [tf.tensor1d([false, true], 'bool'), tf.tensor1d([4, 5], 'int32')],
    )
    expect(chosen).toEqual({ shape: [2], dtype: 'int32', values: [-4, 5] })
  })

  it('leaves no folder behind, also when it cannot be built', () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`enhancer-graph-${process.pid}-`))
    trace(
      (x) => [tf.neg(x)],
      () => [tf.scalar(1)],
      () => [tf.scalar(2)],
    )
    expect(folders()).toEqual([])
    expect(() =>
      trace(
        (x) => [tf.reshape(x, [5])],
        () => [tf.scalar(1)],
        () => [tf.scalar(1)],
      ),
    ).toThrow()
    expect(folders()).toEqual([])
  })

  it('gives the binding back and frees all, when the function throws', () => {
    const { binding } = tensorFlowBackend()
    tf.tidy(() => {
      expect(() => recordOps(tensorFlowBackend(), (x) => [tf.add(x, tf.ones([3])), fail()], [tf.scalar(1)])).toThrow('on purpose')
    })
    expect(tensorFlowBackend().binding).toBe(binding)
  })
})

function fail(): Tensor {
  throw new Error('on purpose')
}
