import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Model } from '../../shared/contract/engine.ts'
import type { TensorFunction } from '../backends/backend.ts'
import type { Ops } from '../ops/ops.ts'
import { tf } from '../tfjs.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { encoderStatistics, EPSILON } from '../variants/encoder.ts'
import { splitParameters } from '../variants/parameters.ts'
import { readBases } from '../variants/readBases.ts'

/** All that decides how a model is computed, apart from its numbers. */
export type Architecture = Pick<Model, 'variant' | 'cellTypes' | 'ambiguousBases'>

/**
 * The network in evaluation mode: `(weights, statistics, codes) → [predictions]`, with codes padded and int32,
 * [batch, length + 2 × PADDED_BASES]. The batch is computed in `parts` of equal size, side by side where the engine can.
 * Batch normalisation stays a step of its own: a ReLU stands between it and the convolution before, and padding between it
 * and the one after (docs/decisions/0007-how-the-engine-is-fast.md).
 */
export function scoreFunction(ops: Ops, { variant, cellTypes, ambiguousBases }: Architecture, parts = 1): TensorFunction {
  const definition = variantDefinitions[variant]
  const parameters = definition.parameters(cellTypes)
  return (packedWeights, packedStatistics, codes) => {
    const weights = splitParameters(parameters, packedWeights)
    const statistics = splitParameters(encoderStatistics, packedStatistics)
    const normalise = (x: Tensor4D, layer: string) =>
      tf.batchNorm(
        x,
        statistics[`${layer}.running_mean`] as Tensor1D,
        statistics[`${layer}.running_var`] as Tensor1D,
        weights[`${layer}.bias`] as Tensor1D,
        weights[`${layer}.weight`] as Tensor1D,
        EPSILON,
      )
    const network = { ops, cellTypes, weights, normalise, drop: (hidden: Tensor3D) => hidden }
    const score = (part: Tensor) => definition.forward(network, readBases(part as Tensor2D, ambiguousBases))
    return [tf.concat(tf.split(codes, parts).map(score))]
  }
}
