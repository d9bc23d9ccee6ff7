import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Recipe } from '../../shared/domain/recipe.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { TensorFunction } from '../backends/backend.ts'
import type { Ops } from '../ops/ops.ts'
import { tf } from '../tfjs.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { EPSILON, normalisedLayers } from '../variants/encoder.ts'
import { splitParameters } from '../variants/parameters.ts'
import { readBases } from '../variants/readBases.ts'
import { adamUpdate } from './adam.ts'

const MOMENTUM = 0.1

export interface StepOptions {
  readonly variant: Variant
  readonly cellTypes: number
  readonly recipe: Pick<Recipe, 'optimizer' | 'weightDecay' | 'dropout' | 'ambiguousBases'>
}

/**
 * One training step as a pure function, so that it can be traced:
 *
 * `(weights, moment1, moment2, statistics, rates, seeds, codes, activities, measured) → [weights, moment1, moment2, statistics, loss]`
 *
 * State: packed vectors. `rates`: {@link adamRates}. `seeds`: two int32 that fix the dropout. `codes`: int32
 * [batch, length + 2 × PADDED_BASES]. `activities`, `measured`: [batch, cellTypes], zero and 0 where not measured, else 1.
 * The loss is the mean squared error over the measured rows, before the step.
 */
export function trainingStep(ops: Ops, options: StepOptions): TensorFunction {
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
    const { value: loss, grad } = tf.valueAndGrad((packed: Tensor): Scalar => {
      const { predictions, batchStatistics } = forwardInTraining(ops, options, packed, seeds, codes)
      ofBatch = batchStatistics
      return tf.div(tf.sum(tf.square(tf.mul(tf.sub(predictions, activities), measured))), tf.sum(measured))
    })(weights)
    const running = tf.add(tf.mul(statistics, 1 - MOMENTUM), tf.mul(tf.concat(ofBatch), MOMENTUM))
    tf.dispose(ofBatch)
    const updated = adamUpdate({ weights, moment1, moment2 }, grad, rates, options.recipe)
    return [updated.weights, updated.moment1, updated.moment2, running, loss]
  }
}

/**
 * The network in training mode: predictions [batch, cellTypes], and the batch's statistics in the order of
 * `encoderStatistics`. The statistics are kept through tidying: dispose them.
 */
export function forwardInTraining(ops: Ops, { variant, cellTypes, recipe }: StepOptions, packed: Tensor, seeds: Tensor1D, codes: Tensor2D) {
  const definition = variantDefinitions[variant]
  const weights = splitParameters(definition.parameters(cellTypes), packed)
  const statistics = new Map<string, readonly [Tensor, Tensor]>()
  const normalise = (x: Tensor4D, layer: string) => {
    const { y, mean, variance } = ops.batchNorm(x, weights[`${layer}.weight`] as Tensor1D, weights[`${layer}.bias`] as Tensor1D, EPSILON)
    statistics.set(layer, [mean, variance])
    return y
  }
  const drop = (hidden: Tensor3D) => dropout(ops, hidden, cellTypes, recipe.dropout, seeds)
  const predictions = definition.forward({ ops, cellTypes, weights, normalise, drop }, readBases(codes, recipe.ambiguousBases))
  return { predictions, batchStatistics: normalisedLayers.flatMap((layer) => statistics.get(layer)!) }
}

/** Inverted dropout, drawn for each sequence and cell type, as if each were a row of its own. */
function dropout(ops: Ops, hidden: Tensor3D, cellTypes: number, rate: number, seeds: Tensor1D): Tensor3D {
  if (rate === 0) return hidden
  const [batch, , features] = hidden.shape
  const kept = tf.cast(tf.greaterEqual(ops.uniform([batch, cellTypes, features], seeds), rate), 'float32')
  return tf.mul(hidden, tf.mul(kept, 1 / (1 - rate)))
}
