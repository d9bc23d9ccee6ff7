import { tf } from '../../tfjs.ts'
import type { Optimizer } from './optimizer.ts'

const ALPHA = 0.99
const EPSILON = 1e-8

/**
 * RMSprop (Hinton 2012, lecture 6e of his course on neural networks) with momentum, as torch.optim.RMSprop: α 0.99, ε 1e-8,
 * not centred. Rate: [learning rate]. First moment: the velocity; second: the running mean of squared gradients.
 */
export const rmsprop: Optimizer = {
  decoupled: false,
  rates: (_, learningRate) => [learningRate],
  update: ({ weights, moment1, moment2 }, gradient, [rate], { momentum }) => {
    const squares = tf.add(tf.mul(moment2, ALPHA), tf.mul(tf.square(gradient), 1 - ALPHA))
    const velocity = tf.add(tf.mul(moment1, momentum), tf.div(gradient, tf.add(tf.sqrt(squares), EPSILON)))
    return { weights: tf.sub(weights, tf.mul(velocity, rate!)), moment1: velocity, moment2: squares }
  },
}
