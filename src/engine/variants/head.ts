import type { Rank, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'
import { FEATURES } from './encoder.ts'
import { embeddingParameters, linearParameters, type Parameter } from './parameters.ts'
import { weight, type Network } from './variant.ts'

const EMBEDDING = 6
const HIDDEN = 8

/** Linear → ReLU → dropout → linear, numbered as the modules of an `nn.Sequential`. */
export const headParameters: readonly Parameter[] = [
  ...linearParameters('head.0', FEATURES, HIDDEN),
  ...linearParameters('head.3', HIDDEN, 1),
]

/** The head of the variants that are told the cell type: a learned vector for each, beside the pooled features. */
export function cellTypeHeadParameters(cellTypes: number): readonly Parameter[] {
  return [
    ...embeddingParameters('cell_types', cellTypes, EMBEDDING),
    ...linearParameters('head.0', FEATURES + EMBEDDING, HIDDEN),
    ...linearParameters('head.3', HIDDEN, 1),
  ]
}

/**
 * A second output of the head's last layer, beside the prediction: what the variance of a row is made of. Only the loss
 * `gaussianNll` learns it, and only training computes it, so that a model with it is scored as any other.
 */
export const varianceParameters: readonly Parameter[] = linearParameters('variance', HIDDEN, 1)

/** One prediction for all cell types: [batch, FEATURES] → [batch, cellTypes]. */
export function predict(network: Network, pooled: Tensor2D): Tensor2D {
  const hidden = tf.add(tf.matMul(pooled, weight(network, 'head.0.weight')), weight(network, 'head.0.bias'))
  return readHidden(network, tf.reshape<Rank.R3>(hidden, [pooled.shape[0], 1, HIDDEN]))
}

/**
 * A prediction for each cell type: [batch, FEATURES] → [batch, cellTypes]. The first layer is linear in what is
 * concatenated, so the sequence's half is computed once a sequence and the cell type's once a cell type.
 */
export function predictByCellType(network: Network, pooled: Tensor2D): Tensor2D {
  const [ofSequence, ofCellType] = tf.split(weight(network, 'head.0.weight'), [FEATURES, EMBEDDING]) as [Tensor2D, Tensor2D]
  const sequences = tf.reshape(tf.matMul(pooled, ofSequence), [pooled.shape[0], 1, HIDDEN])
  const cellTypes = tf.add(tf.matMul(weight<Tensor2D>(network, 'cell_types.weight'), ofCellType), weight(network, 'head.0.bias'))
  return readHidden(network, tf.add(sequences, tf.reshape(cellTypes, [1, network.cellTypes, HIDDEN])))
}

function readHidden(network: Network, hidden: Tensor3D): Tensor2D {
  return readOutput(network, network.drop(network.ops.relu(hidden)), 'head.3')
}

/** The last layer of the head, of that name: [batch, 1 or cellTypes, HIDDEN] → [batch, cellTypes]. */
export function readOutput({ cellTypes, weights }: Pick<Network, 'cellTypes' | 'weights'>, hidden: Tensor3D, layer: string): Tensor2D {
  const [batch, width] = hidden.shape
  const filter = weights[`${layer}.weight`] as Tensor2D
  const output = tf.matMul(tf.reshape<Rank.R2>(hidden, [batch * width, HIDDEN]), filter)
  const values = tf.reshape<Rank.R2>(tf.add(output, weights[`${layer}.bias`] as Tensor), [batch, width])
  return width === cellTypes ? values : tf.broadcastTo<Rank.R2>(values, [batch, cellTypes])
}
