import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { Model } from '../../shared/contract/engine.ts'
import type { TensorFunction } from '../backends/backend.ts'
import type { Encoder, EncoderInput, Ops } from '../ops/ops.ts'
import { tf } from '../tfjs.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { splitParameters } from '../variants/parameters.ts'
import { oneHotTensor } from '../variants/oneHotTensor.ts'

/** All that decides how a model is computed, apart from its numbers. */
export type Architecture = Pick<Model, 'variant' | 'length' | 'cellTypes' | 'ambiguousBases'>

/**
 * The network in evaluation mode: `(weights, statistics, codes) → [predictions]`, with codes in pairs where the operations read
 * that, else padded, [batch, paddedLength(length)]. The batch is computed in `parts` of equal size, side by side where the engine
 * can.
 */
export function scoreFunction(ops: Ops, { variant, length, cellTypes, ambiguousBases }: Architecture, parts = 1): TensorFunction {
  const definition = variantDefinitions[variant]
  const parameters = definition.parameters(cellTypes)
  return (packedWeights, packedStatistics, codes) => {
    const weights = splitParameters(parameters, packedWeights)
    const score = (part: Tensor) => {
      const input: EncoderInput = { codes: part as Tensor2D, table: oneHotTensor(ambiguousBases) }
      const statistics = packedStatistics as Tensor1D
      const encode = (encoder: Encoder) =>
        ops.encodePairs?.(encoder, { ...input, length }, statistics) ?? ops.encodeWith(encoder, input, statistics)
      return definition.forward({ ops, cellTypes, weights, encode, drop: (hidden: Tensor3D) => hidden })
    }
    return [tf.concat(tf.split(codes, parts).map(score))]
  }
}
