import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { Recipe } from '../../shared/domain/recipe.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { TensorFunction } from '../backends/backend.ts'
import type { Encoder, Ops } from '../ops/ops.ts'
import { tf } from '../tfjs.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { readOutput } from '../variants/head.ts'
import { sizeOf, splitParameters } from '../variants/parameters.ts'
import { oneHotTensor } from '../variants/oneHotTensor.ts'
import { learnedParameters } from './learnedParameters.ts'
import { lossOf } from './lossOf.ts'
import { takeStep } from './optimizers/optimizers.ts'

const MOMENTUM = 0.1

export interface StepOptions {
  readonly variant: Variant
  readonly cellTypes: number
  readonly recipe: Pick<Recipe, 'optimizer' | 'weightDecay' | 'momentum' | 'loss' | 'huberDelta' | 'dropout' | 'ambiguousBases'>
}

/**
 * One training step as a pure function, so that it can be traced:
 *
 * `(weights, moment1, moment2, statistics, rates, seeds, codes, activities, measured) → [weights, moment1, moment2, statistics, loss]`
 *
 * State: packed vectors. `rates`: those of the optimiser (`stepRates`). `seeds`: two int32 that fix the dropout. `codes`: int32
 * [batch, length + 2 × PADDED_BASES]. `activities`, `measured`: [batch, cellTypes], zero and 0 where not measured, else 1.
 * The loss is the recipe's over the measured rows, before the step.
 */
export function trainingStep(ops: Ops, options: StepOptions): TensorFunction {
  const sizes = learnedParameters(options).map(({ shape }) => sizeOf(shape))
  return (...inputs) => {
    const [weights, moment1, moment2, statistics, rates, seeds, codes, activities, measured] = inputs as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor1D,
      Tensor2D,
      Tensor2D,
      Tensor2D,
    ]
    let ofBatch: Tensor[] = []
    const { value: loss, grad } = tf.valueAndGrad((packed: Tensor) => {
      const { batchStatistics, ...outputs } = forwardInTraining(ops, options, packed, seeds, codes)
      ofBatch = batchStatistics
      return lossOf(options.recipe, { ...outputs, activities, measured })
    })(weights)
    const running = tf.add(tf.mul(statistics, 1 - MOMENTUM), tf.mul(tf.concat(ofBatch), MOMENTUM))
    tf.dispose(ofBatch)
    const updated = takeStep({ weights, moment1, moment2 }, grad, rates, options.recipe, sizes)
    return [updated.weights, updated.moment1, updated.moment2, running, loss]
  }
}

/**
 * The network in training mode: predictions and, where the loss asks for them, variances, each [batch, cellTypes]; and the
 * batch's statistics in the order of `encoderStatistics`. The statistics are kept through tidying: dispose them.
 */
export function forwardInTraining(ops: Ops, options: StepOptions, packed: Tensor, seeds: Tensor1D, codes: Tensor2D) {
  const { variant, cellTypes, recipe } = options
  const weights = splitParameters(learnedParameters(options), packed)
  const batchStatistics: Tensor[] = []
  const encode = (encoder: Encoder) => {
    const { features, statistics } = ops.encode(encoder, { codes, table: oneHotTensor(recipe.ambiguousBases) })
    batchStatistics.push(statistics)
    return features
  }
  // What is left of the hidden layer is what the variance is read from, too.
  let left: Tensor3D | undefined
  const drop = (hidden: Tensor3D) => (left = dropout(ops, hidden, cellTypes, recipe.dropout, seeds))
  const network = { ops, cellTypes, weights, encode, drop }
  const predictions = variantDefinitions[variant].forward(network)
  const rawVariances = recipe.loss === 'gaussianNll' ? readOutput(network, left!, 'variance') : null
  return { predictions, rawVariances, batchStatistics }
}

/** Inverted dropout, drawn for each sequence and cell type, as if each were a row of its own. */
function dropout(ops: Ops, hidden: Tensor3D, cellTypes: number, rate: number, seeds: Tensor1D): Tensor3D {
  if (rate === 0) return hidden
  const [batch, , features] = hidden.shape
  const kept = tf.cast(tf.greaterEqual(ops.uniform([batch, cellTypes, features], seeds), rate), 'float32')
  return tf.mul(hidden, tf.mul(kept, 1 / (1 - rate)))
}
