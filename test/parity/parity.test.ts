import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/engine/backends/backend.ts'
import { compileEagerly } from '../../src/engine/backends/compileEagerly.ts'
import { loaders } from '../../src/engine/backends/loaders.ts'
import { tensorflowOps } from '../../src/engine/ops/tensorflowOps.ts'
import { scoreFunction } from '../../src/engine/scoring/scoreFunction.ts'
import { tf } from '../../src/engine/tfjs.ts'
import { stepRates } from '../../src/engine/training/optimizers/optimizers.ts'
import { forwardInTraining, trainingStep } from '../../src/engine/training/trainingStep.ts'
import { variantDefinitions } from '../../src/engine/variants/definitions.ts'
import { encoderStatistics } from '../../src/engine/variants/encoder.ts'
import { padCodes, paddedLength } from '../../src/engine/variants/padCodes.ts'
import { packParameters, unpackParameters, type NamedTensors } from '../../src/engine/variants/parameters.ts'
import { codePairs, pairsIn } from '../../src/shared/dna/codePairs.ts'
import { engineNames } from '../../src/shared/domain/engine.ts'
import { recipes } from '../../src/shared/domain/recipe.ts'
import { variants } from '../../src/shared/domain/variants.ts'
import { noVulkan, useSoftwareVulkan } from '../unit/engine/backends/softwareVulkan.ts'
import { readFixture, type Fixture } from './fixtures.ts'

const ONE_STEP = 1e-5
const TWENTY_STEPS = 1e-4

/** TensorFlow with its own layers only, as where our operations cannot run. */
const LAYERS_ONLY = 'tensorflow, layers only'

describe.each([...engineNames, LAYERS_ONLY] as const)('%s computes what PyTorch computes', (engine) => {
  let backend: Backend
  beforeEach(({ skip }) => skip(engine === 'webgpu' && noVulkan !== undefined, noVulkan))
  beforeAll(async () => {
    if (engine === 'webgpu' && noVulkan) return
    if (engine === 'webgpu') useSoftwareVulkan()
    const loaded = await loaders[engine === LAYERS_ONLY ? 'tensorflow' : engine].load()
    backend = engine === LAYERS_ONLY ? { ...loaded, ops: tensorflowOps } : loaded
  })
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(0)
  })

  describe.each(variants)('%s', (variant) => {
    const fixture = readFixture(variant)

    it('forward in training mode', async () => {
      expectClose(await predictInTraining(backend, fixture), fixture.training.predictions, ONE_STEP)
    })

    it('loss, gradients and running statistics', async () => {
      // From zero moments and without decay, Adam's first moment is a tenth of the gradient.
      const { losses, moment1, statistics } = await train(backend, fixture, { steps: 1, optimizer: 'adam', weightDecay: 0 })
      expectClose(losses, [fixture.training.loss], ONE_STEP)
      const gradients = mapTensors(moment1, (value) => value * 10)
      const largest = Math.max(...Object.values(fixture.training.gradients).map(({ values }) => largestOf(values)))
      // The attention's bias shifts all scores alike: its true gradient is zero, so it is measured against the others.
      expectTensorsClose(gradients, fixture.training.gradients, ONE_STEP, 0.01 * largest)
      expectTensorsClose(statistics, fixture.training.statistics, ONE_STEP)
    })

    it('one step of Adam with L2', async () => {
      const { weights, statistics } = await train(backend, fixture, { steps: 1, optimizer: 'adam' })
      expectTensorsClose({ ...weights, ...statistics }, fixture.adam1.tensors, ONE_STEP)
    })

    it.each(['adam', 'adamw'] as const)('twenty steps of %s', async (optimizer) => {
      const expected = fixture[`${optimizer}20`]
      const { losses, weights, statistics } = await train(backend, fixture, { steps: 20, optimizer })
      expectClose(losses, expected.losses, TWENTY_STEPS)
      const { 'attention.bias': _, ...decisive } = expected.tensors
      // Without L2 the gradient of the attention's bias is zero but for rounding, which Adam blows up to full steps.
      expectTensorsClose({ ...weights, ...statistics }, optimizer === 'adamw' ? decisive : expected.tensors, TWENTY_STEPS)
    })

    it('forward in evaluation mode', async () => {
      const predictions = await predict(backend, fixture)
      expectClose(predictions, fixture.evaluation.predictions, ONE_STEP)
    })
  })
})

describe('a traced step', () => {
  it.each(variants)('of %s gives what the same step gives op by op', async (variant) => {
    const backend = await loaders.tensorflow.load()
    const fixture = readFixture(variant)
    const traced = await train(backend, fixture, { steps: 1, optimizer: 'adam', dropout: 0.3 })
    const eager = await train({ ...backend, compile: compileEagerly }, fixture, { steps: 1, optimizer: 'adam', dropout: 0.3 })
    expectClose(traced.losses, eager.losses, ONE_STEP)
    expectTensorsClose(traced.weights, eager.weights, ONE_STEP)
    expectTensorsClose(traced.statistics, eager.statistics, ONE_STEP)
  })
})

interface TrainOptions {
  readonly steps: number
  readonly optimizer: 'adam' | 'adamw'
  readonly weightDecay?: number
  readonly dropout?: number
}

async function train(
  backend: Backend,
  fixture: Fixture,
  { steps, optimizer, weightDecay = fixture.recipe.weightDecay, dropout = 0 }: TrainOptions,
) {
  const { variant, cellTypes, batch, ambiguousBases } = fixture
  const parameters = variantDefinitions[variant].parameters(cellTypes)
  const recipe = { ...recipes.seed, optimizer, weightDecay, dropout, ambiguousBases }
  const measured = fixture.activities.map((value) => Number(!Number.isNaN(value)))
  const packed = packParameters(parameters, fixture.initial)
  const constant = [
    codesOf(fixture),
    tf.tensor2d(
      fixture.activities.map((value) => value || 0),
      [batch, cellTypes],
    ),
    tf.tensor2d(measured, [batch, cellTypes]),
  ]
  let state: Tensor[] = [
    packed,
    new Float32Array(packed.length),
    new Float32Array(packed.length),
    packParameters(encoderStatistics, fixture.initial),
  ].map((values) => tf.tensor1d(values))
  const inputsOf = (step: number) => [tf.tensor1d(stepRates(step, fixture.recipe.learningRate, recipe)), tf.tensor1d([7, step], 'int32')]
  const examples = inputsOf(1)
  const compiled = backend.compile(trainingStep(backend.ops, { variant, cellTypes, recipe }), [...state, ...examples, ...constant])
  tf.dispose(examples)
  const losses: number[] = []
  for (let step = 1; step <= steps; step++) {
    const inputs = inputsOf(step)
    const results = compiled.run(...state, ...inputs, ...constant)
    losses.push((await backend.read(results[4]!))[0]!)
    tf.dispose([...state, ...inputs, results[4]!])
    state = results.slice(0, 4)
  }
  const [weights, moment1, , statistics] = await Promise.all(state.map((tensor) => backend.read(tensor)))
  tf.dispose([...state, ...constant])
  compiled.dispose()
  return {
    losses,
    weights: unpackParameters(parameters, weights!),
    moment1: unpackParameters(parameters, moment1!),
    statistics: unpackParameters(encoderStatistics, statistics!),
  }
}

async function predictInTraining(backend: Backend, fixture: Fixture): Promise<Float32Array> {
  const { variant, cellTypes, ambiguousBases } = fixture
  const options = { variant, cellTypes, recipe: { ...recipes.seed, dropout: 0, ambiguousBases } }
  const weights = packParameters(variantDefinitions[variant].parameters(cellTypes), fixture.initial)
  const inputs = [tf.tensor1d(weights), codesOf(fixture)]
  const forward = backend.compile((packed, codes) => {
    const { predictions, batchStatistics } = forwardInTraining(
      backend.ops,
      options,
      packed,
      tf.tensor1d([7, 1], 'int32'),
      codes as Tensor2D,
    )
    tf.dispose(batchStatistics)
    return [predictions]
  }, inputs)
  const [predictions] = forward.run(...inputs)
  const values = await backend.read(predictions!)
  tf.dispose([...inputs, predictions!])
  forward.dispose()
  return values
}

/** In evaluation mode, with the weights after twenty steps. */
async function predict(backend: Backend, fixture: Fixture): Promise<Float32Array> {
  const { variant, length, cellTypes, ambiguousBases } = fixture
  const { tensors } = fixture.adam20
  const inputs = [
    tf.tensor1d(packParameters(variantDefinitions[variant].parameters(cellTypes), tensors)),
    tf.tensor1d(packParameters(encoderStatistics, tensors)),
    backend.ops.encodePairs ? pairedCodesOf(fixture) : codesOf(fixture),
  ]
  const compiled = backend.compile(scoreFunction(backend.ops, { variant, length, cellTypes, ambiguousBases }), inputs)
  const [predictions] = compiled.run(...inputs)
  const values = await backend.read(predictions!)
  tf.dispose([...inputs, predictions!])
  compiled.dispose()
  return values
}

function codesOf({ codes, batch, length }: Fixture): Tensor {
  return tf.tensor2d(
    padCodes((row) => codes.subarray(row * length, (row + 1) * length), batch, length),
    [batch, paddedLength(length)],
    'int32',
  )
}

function pairedCodesOf({ codes, batch, length }: Fixture): Tensor {
  return tf.tensor2d(codePairs(codes, length), [batch, pairsIn(length)], 'bool')
}

function mapTensors(tensors: NamedTensors, map: (value: number) => number): NamedTensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: values.map(map) }]))
}

function expectTensorsClose(actual: NamedTensors, expected: NamedTensors, tolerance: number, leastScale = 0): void {
  expect(Object.keys(actual)).toEqual(expect.arrayContaining(Object.keys(expected)))
  for (const [name, { shape, values }] of Object.entries(expected)) {
    expect(actual[name]!.shape, name).toEqual(shape)
    expectClose(actual[name]!.values, values, tolerance, name, leastScale)
  }
}

/** Every value within `tolerance` of the largest of the tensor. */
function expectClose(
  actual: Float32Array | number[],
  expected: Float32Array | number[],
  tolerance: number,
  name = '',
  leastScale = 0,
): void {
  expect(actual.length).toBe(expected.length)
  const scale = Math.max(leastScale, largestOf(expected))
  const worst = Math.max(...Array.from(expected, (value, i) => Math.abs(value - actual[i]!)))
  expect(worst / scale, name).toBeLessThanOrEqual(tolerance)
}

function largestOf(values: Float32Array | number[]): number {
  return Math.max(...Array.from(values, Math.abs))
}
