import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'

/**
 * Max pooling of width 2 and stride 2 along the length of [batch, 1, length, channels]; an odd last position is dropped.
 * Of two equal values the first gets the gradient, as in PyTorch. Written out because the gradient of TensorFlow's own
 * MaxPool is one of its slowest kernels and the wasm engine has none.
 */
export function maxPoolPairs(x: Tensor4D): Tensor4D {
  const [batch, , length, channels] = x.shape
  const half = Math.floor(length / 2)
  const pooled = tf.customGrad((input, save) => {
    const even = tf.slice(input as Tensor4D, [0, 0, 0, 0], [batch, 1, 2 * half, channels])
    const [first, second] = tf.split(tf.reshape(even, [batch * half, 2 * channels]), 2, 1) as [Tensor, Tensor]
    ;(save as (tensors: Tensor[]) => void)([first, second])
    return {
      value: tf.reshape(tf.maximum(first, second), [batch, 1, half, channels]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const flat = tf.reshape(dy, [batch * half, channels])
        const toFirst = tf.mul(flat, tf.cast(tf.greaterEqual(saved[0]!, saved[1]!), 'float32'))
        const pairs = tf.reshape(tf.concat([toFirst, tf.sub(flat, toFirst)], 1), [batch, 1, 2 * half, channels])
        return length % 2 ? padLength(pairs as Tensor4D, 0, 1) : pairs
      },
    }
  })
  return pooled(x) as Tensor4D
}

/** Zeros before and after along the length of [batch, 1, length, channels]. */
export function padLength(x: Tensor4D, before: number, after: number): Tensor4D {
  return tf.pad(x, [
    [0, 0],
    [0, 0],
    [before, after],
    [0, 0],
  ])
}
