import { tf } from '../../tfjs.ts'
import type { Optimizer } from './optimizer.ts'

/**
 * Stochastic gradient descent with momentum (Polyak 1964) in the form of torch.optim.SGD: dampening 0, no Nesterov. Rate:
 * [learning rate]. First moment: the velocity; the second is not used.
 */
export const sgd: Optimizer = {
  decoupled: false,
  rates: (_, learningRate) => [learningRate],
  update: ({ weights, moment1, moment2 }, gradient, [rate], { momentum }) => {
    const velocity = tf.add(tf.mul(moment1, momentum), gradient)
    return { weights: tf.sub(weights, tf.mul(velocity, rate!)), moment1: velocity, moment2 }
  },
}
