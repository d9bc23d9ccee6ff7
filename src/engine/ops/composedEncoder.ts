import type { Rank, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'
import { maxPoolPairs } from './maxPoolPairs.ts'
import type { Encoder, EncoderInput, EncoderLayer, EncoderOps, LayerOps } from './ops.ts'

/** The encoder as a composition of an engine's layers. */
export function composedEncoder(ops: LayerOps): EncoderOps {
  return {
    encode: (encoder, input) => {
      const statistics: Tensor1D[] = []
      const features = compose(ops, encoder, input, (x, { scale, offset }) => {
        const { y, mean, variance } = ops.batchNorm(x, scale, offset, encoder.epsilon)
        statistics.push(mean, variance)
        return y
      })
      const packed = tf.keep(tf.concat(statistics))
      tf.dispose(statistics)
      return { features, statistics: packed }
    },

    // Batch normalisation stays a step of its own: a ReLU stands between it and the convolution before, and padding between
    // it and the one after (docs/decisions/0007-how-the-engine-is-fast.md).
    encodeWith: (encoder, input, packed) => {
      const sizes = encoder.layers.flatMap(({ bias }) => [bias.size, bias.size])
      const statistics = tf.split(packed, sizes)[Symbol.iterator]()
      return compose(ops, encoder, input, (x, { scale, offset }) => {
        const [mean, variance] = [statistics.next().value as Tensor1D, statistics.next().value as Tensor1D]
        return tf.batchNorm<Rank.R4>(x, mean, variance, offset, scale, encoder.epsilon)
      })
    },
  }
}

function compose(
  ops: LayerOps,
  { layers, attention, padding }: Encoder,
  { codes, table }: EncoderInput,
  normalise: (x: Tensor4D, layer: EncoderLayer) => Tensor4D,
): Tensor2D {
  const [batch, width] = codes.shape
  let x = tf.reshape<Rank.R4>(tf.gather(table, codes), [batch, 1, width, table.shape[1]])
  layers.forEach((layer, i) => {
    x = normalise(ops.relu(ops.conv(x, layer.filters, layer.bias, i === 0 ? 0 : padding)), layer)
    if (layer.pools) x = maxPoolPairs(x)
  })
  return attention ? poolByAttention(attention, x) : tf.mean<Tensor2D>(x, [1, 2])
}

function poolByAttention({ filter, bias }: NonNullable<Encoder['attention']>, features: Tensor4D): Tensor2D {
  const [batch, , length, channels] = features.shape
  const positions = tf.reshape<Rank.R2>(features, [batch * length, channels])
  const scores = tf.add(tf.matMul(positions, tf.reshape<Rank.R2>(filter, [channels, 1])), bias)
  const attention = tf.reshape<Rank.R3>(tf.softmax(tf.reshape(scores, [batch, length])), [batch, 1, length])
  const pooled = tf.matMul(attention, tf.reshape<Rank.R3>(features, [batch, length, channels]))
  return tf.reshape(pooled, [batch, channels])
}
