import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/engine/backends/backend.ts'
import { loaders } from '../../src/engine/backends/loaders.ts'
import { tf } from '../../src/engine/tfjs.ts'
import { lossOf } from '../../src/engine/training/lossOf.ts'
import { learnedParameters } from '../../src/engine/training/learnedParameters.ts'
import { forwardInTraining } from '../../src/engine/training/trainingStep.ts'
import { validate } from '../../src/engine/training/validate.ts'
import { padCodes, paddedLength } from '../../src/engine/variants/padCodes.ts'
import { packParameters, unpackParameters } from '../../src/engine/variants/parameters.ts'
import { engineNames } from '../../src/shared/domain/engine.ts'
import { losses as lossNames, recipes, type Loss } from '../../src/shared/domain/recipe.ts'
import type { Variant } from '../../src/shared/domain/variants.ts'
import { noVulkan, useSoftwareVulkan } from '../unit/engine/backends/softwareVulkan.ts'
import { floats, readFixture, readJson, tensors, type Packed } from './fixtures.ts'

interface Written {
  readonly rows: number
  readonly cellTypes: number
  readonly huberDelta: number
  readonly activities: string
  readonly predictions: string
  readonly rawVariances: string
  readonly losses: Record<Loss, { readonly loss: number; readonly byPredictions: string; readonly byRawVariances: string | null }>
  readonly steps: { readonly variant: Variant; readonly variance: Packed; readonly loss: number; readonly gradients: Packed }[]
}

const { rows, cellTypes, huberDelta, losses, steps, ...written } = readJson<Written>('losses')
const activities = floats(written.activities)
const predictions = floats(written.predictions)
const rawVariances = floats(written.rawVariances)
const TOLERANCE = 1e-5

describe.each(engineNames)('%s computes the losses of PyTorch', (engine) => {
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

  /** Value and gradients; `unmeasured` stands where nothing was measured, in activities and predictions both. */
  async function differentiate(loss: Loss, unmeasured = 0) {
    const isMeasured = activities.map((value) => Number(!Number.isNaN(value)))
    const shape: [number, number] = [rows, cellTypes]
    const inputs = [
      predictions.map((value, i) => (isMeasured[i] ? value : value + unmeasured)),
      rawVariances.map((value, i) => (isMeasured[i] ? value : value + unmeasured)),
      activities.map((value, i) => (isMeasured[i] ? value : unmeasured)),
      isMeasured,
    ].map((values) => tf.tensor2d(values, shape))
    const compiled = backend.compile((...given) => {
      const [predictions, rawVariances, activities, measured] = given as [Tensor2D, Tensor2D, Tensor2D, Tensor2D]
      const value = (p: Tensor, z: Tensor) =>
        lossOf({ loss, huberDelta }, { predictions: p as Tensor2D, rawVariances: z as Tensor2D, activities, measured })
      if (loss === 'gaussianNll') return [value(predictions, rawVariances), ...tf.grads(value)([predictions, rawVariances])]
      const alone = (p: Tensor) => value(p, rawVariances)
      return [alone(predictions), tf.grad(alone)(predictions)]
    }, inputs)
    const results = compiled.run(...inputs)
    // Adding 0 makes the one zero of the two.
    const read = (await Promise.all(results.map((result) => backend.read(result)))).map((values) => values.map((value) => value + 0))
    tf.dispose([...inputs, ...results])
    compiled.dispose()
    return read
  }

  it.each(lossNames)('%s, and its gradients', async (loss) => {
    const expected = losses[loss]
    const [value, byPredictions, byRawVariances] = await differentiate(loss)
    expect(value![0]! / expected.loss).toBeCloseTo(1, 5)
    expectClose(byPredictions!, floats(expected.byPredictions))
    expect(byRawVariances === undefined).toBe(expected.byRawVariances === null)
    if (expected.byRawVariances !== null) expectClose(byRawVariances!, floats(expected.byRawVariances))
  })

  it.each(lossNames)('%s without regard to what was not measured', async (loss) => {
    expect(await differentiate(loss, 30)).toEqual(await differentiate(loss))
    const [, byPredictions] = await differentiate(loss, 30)
    activities.forEach((value, i) => {
      if (Number.isNaN(value)) expect(byPredictions![i]).toBe(0)
    })
  })

  it('no Pearson where there is none, and no gradient from there', async () => {
    const shape: [number, number] = [3, 2]
    const measured = tf.tensor2d([1, 1, 0, 1, 0, 1], shape)
    const inputs = [tf.tensor2d([1, 0.25, 2, 0.25, 3, 0.25], shape), tf.tensor2d([1, 2, 0, 1, 0, 3], shape), measured]
    const compiled = backend.compile((...given) => {
      const [p, activities, measured] = given as [Tensor2D, Tensor2D, Tensor2D]
      const loss = (x: Tensor) =>
        lossOf({ loss: 'pearson', huberDelta }, { predictions: x as Tensor2D, rawVariances: null, activities, measured })
      return [loss(p), tf.grad(loss)(p)]
    }, inputs)
    const results = compiled.run(...inputs)
    expect((await backend.read(results[0]!))[0]).toBe(1)
    for (const slope of await backend.read(results[1]!)) expect(Math.abs(slope)).toBe(0)
    tf.dispose([...inputs, ...results])
    compiled.dispose()
  })

  it.each(steps)(
    'gaussianNll through the whole of $variant, its second output included',
    async ({ variant, variance, loss, gradients }) => {
      const { cellTypes, batch, length, codes, ambiguousBases, initial, activities } = readFixture(variant)
      const options = { variant, cellTypes, recipe: { ...recipes.seed, loss: 'gaussianNll' as const, dropout: 0, ambiguousBases } }
      const learned = learnedParameters(options)
      const inputs = [
        tf.tensor1d(packParameters(learned, { ...initial, ...tensors(variance) })),
        tf.tensor2d(
          padCodes((row) => codes.subarray(row * length, (row + 1) * length), batch, length),
          [batch, paddedLength(length)],
          'int32',
        ),
        tf.tensor2d(
          activities.map((value) => value || 0),
          [batch, cellTypes],
        ),
        tf.tensor2d(
          activities.map((value) => Number(!Number.isNaN(value))),
          [batch, cellTypes],
        ),
        tf.tensor1d([7, 1], 'int32'),
      ]
      const compiled = backend.compile((...given) => {
        const [packed, codes, activities, measured, seeds] = given as [Tensor, Tensor2D, Tensor2D, Tensor2D, Tensor1D]
        const { value, grad } = tf.valueAndGrad((weights: Tensor) => {
          const { batchStatistics, ...outputs } = forwardInTraining(backend.ops, options, weights, seeds, codes)
          tf.dispose(batchStatistics)
          return lossOf(options.recipe, { ...outputs, activities, measured })
        })(packed)
        return [value, grad]
      }, inputs)
      const results = compiled.run(...inputs)
      const [value, packed] = await Promise.all(results.map((result) => backend.read(result)))
      tf.dispose([...inputs, ...results])
      compiled.dispose()
      expect(value![0]! / loss).toBeCloseTo(1, 5)
      const expected = tensors(gradients)
      const scale = Math.max(...Object.values(expected).map(({ values }) => largestOf(values)))
      const actual = unpackParameters(learned, packed!)
      for (const [name, { values }] of Object.entries(expected))
        expectClose(actual[name]!.values, values, Math.max(largestOf(values), 0.01 * scale))
    },
  )
})

it.each(lossNames)('%s of a validation is what it is in training', (loss) => {
  const elements = Int32Array.from({ length: rows }, (_, i) => i)
  const data = {
    length: 1,
    cellTypes,
    train: elements,
    codesOf: () => new Uint8Array(1),
    activitiesOf: (element: number) => activities.subarray(element * cellTypes, (element + 1) * cellTypes),
  }
  const predicted = { predictions, rawVariances: loss === 'gaussianNll' ? rawVariances : null }
  expect(validate(data, elements, predicted, { loss, huberDelta }).loss! / losses[loss].loss).toBeCloseTo(1, 10)
})

function expectClose(actual: Float32Array, expected: Float32Array, scale = largestOf(expected)): void {
  expect(actual.length).toBe(expected.length)
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!))) / scale).toBeLessThanOrEqual(TOLERANCE)
}

function largestOf(values: Float32Array): number {
  return Math.max(...values.map(Math.abs))
}
