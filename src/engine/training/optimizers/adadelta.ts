import { tf } from '../../tfjs.ts'
import type { Optimizer } from './optimizer.ts'

const RHO = 0.9
const EPSILON = 1e-6

/**
 * Adadelta (Zeiler 2012, arXiv 1212.5701) as torch.optim.Adadelta: ρ 0.9, ε 1e-6. Rate: [learning rate], which stands at 1 in
 * the paper. First moment: the running mean of squared changes; second: of squared gradients.
 */
export const adadelta: Optimizer = {
  decoupled: false,
  rates: (_, learningRate) => [learningRate],
  update: ({ weights, moment1, moment2 }, gradient, [rate]) => {
    const squares = tf.add(tf.mul(moment2, RHO), tf.mul(tf.square(gradient), 1 - RHO))
    const change = tf.mul(tf.div(tf.sqrt(tf.add(moment1, EPSILON)), tf.sqrt(tf.add(squares, EPSILON))), gradient)
    const changes = tf.add(tf.mul(moment1, RHO), tf.mul(tf.square(change), 1 - RHO))
    return { weights: tf.sub(weights, tf.mul(change, rate!)), moment1: changes, moment2: squares }
  },
}
