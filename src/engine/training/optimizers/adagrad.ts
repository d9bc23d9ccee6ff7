import { tf } from '../../tfjs.ts'
import type { Optimizer } from './optimizer.ts'

const EPSILON = 1e-10

/**
 * Adagrad (Duchi, Hazan & Singer 2011) as torch.optim.Adagrad: ε 1e-10, no decay of the rate, sums that begin at 0. Rate:
 * [learning rate]. Second moment: the sum of squared gradients; the first is not used.
 */
export const adagrad: Optimizer = {
  decoupled: false,
  rates: (_, learningRate) => [learningRate],
  update: ({ weights, moment1, moment2 }, gradient, [rate]) => {
    const squares = tf.add(moment2, tf.square(gradient))
    const change = tf.div(tf.mul(gradient, rate!), tf.add(tf.sqrt(squares), EPSILON))
    return { weights: tf.sub(weights, change), moment1, moment2: squares }
  },
}
