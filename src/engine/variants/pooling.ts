import type { Rank, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'
import { FEATURES } from './encoder.ts'
import { convParameters, type Parameter } from './parameters.ts'
import { weight, type Network } from './variant.ts'

/** The mean over all positions: [batch, 1, length, features] → [batch, features]. */
export function poolByMean(features: Tensor4D): Tensor2D {
  return tf.mean<Tensor2D>(features, [1, 2])
}

export const attentionParameters: readonly Parameter[] = convParameters('attention', FEATURES, 1, 1)

/** A 1×1 convolution to one score a position, softmax over the length, weighted sum: [batch, 1, length, features] → [batch, features]. */
export function poolByAttention(network: Network, features: Tensor4D): Tensor2D {
  const [batch, , length, channels] = features.shape
  const filter = tf.reshape<Rank.R2>(weight(network, 'attention.weight'), [channels, 1])
  const positions = tf.reshape<Rank.R2>(features, [batch * length, channels])
  const scores = tf.add(tf.matMul(positions, filter), weight(network, 'attention.bias'))
  const attention = tf.reshape<Rank.R3>(tf.softmax(tf.reshape(scores, [batch, length])), [batch, 1, length])
  const pooled = tf.matMul(attention, tf.reshape<Rank.R3>(features, [batch, length, channels]))
  return tf.reshape(pooled, [batch, channels])
}
