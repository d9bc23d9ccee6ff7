import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { random } from '../../shared/stats/random.ts'
import { tf } from '../tfjs.ts'
import { composedEncoder } from './composedEncoder.ts'
import { padLength } from './maxPoolPairs.ts'
import type { LayerOps, Ops } from './ops.ts'

const layers: LayerOps = {
  /** As one matrix product over all windows: tfjs-backend-wasm has no gradient kernel for a convolution's filters. */
  conv: (signal, filters, bias, padding) => {
    const x = padLength(signal, padding, padding)
    const [batch, , length, channels] = x.shape
    const [, width, , outputs] = filters.shape
    const windows = length - width + 1
    const shifted = Array.from({ length: width }, (_, shift) => tf.slice(x, [0, 0, shift, 0], [batch, 1, windows, channels]))
    const product = tf.matMul(
      tf.reshape(tf.concat(shifted, 3), [batch * windows, width * channels]),
      tf.reshape(filters, [width * channels, outputs]),
    )
    return tf.reshape(tf.add(product, bias), [batch, 1, windows, outputs])
  },

  relu: (x) => tf.relu(x),

  batchNorm: (x, scale, offset, epsilon) => {
    const rows = x.size / x.shape[3]
    const mean = tf.mean<Tensor1D>(x, [0, 1, 2])
    const centred = tf.sub(x, mean)
    const variance = tf.mean<Tensor1D>(tf.square(centred), [0, 1, 2])
    const y = tf.add<Tensor4D>(tf.mul(centred, tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))), offset)
    return { y, mean: tf.keep(tf.clone(mean)), variance: tf.keep(tf.mul(variance, rows / (rows - 1))) }
  },

  uniform: (shape, seeds) => {
    const stream = random(...seeds.dataSync())
    const size = shape.reduce((product, n) => product * n, 1)
    return tf.tensor(Float32Array.from({ length: size }, stream.uniform), [...shape])
  },
}

/** The operations in tfjs alone, with its own gradients: for every engine, and to test the faster forms against. */
export const portableOps: Ops = { ...layers, ...composedEncoder(layers) }
