import { tf } from '../../tfjs.ts'
import { BETA_1, BETA_2, nextMoments } from './moments.ts'
import type { Optimizer } from './optimizer.ts'

const EPSILON = 1e-8
const MOMENTUM_DECAY = 4e-3
/** β₁ to this power is less than the smallest difference of a double from 1. */
const FORGOTTEN = 400

/**
 * NAdam (Dozat 2016) as torch.optim.NAdam: β 0.9 and 0.999, ε 1e-8, momentum decay 4e-3. Rates: [rate of the gradient, rate of
 * the first moment, √(bias correction of the second)]. The product of all momenta follows from the step; it is less than β₁ to
 * the power of the step, so after some hundred steps 1 minus it is 1.
 */
export const nadam: Optimizer = {
  decoupled: false,
  rates: (step, learningRate) => {
    let product = 1
    for (let t = 1; t <= step && t <= FORGOTTEN; t++) product *= momentumAt(t)
    const [now, next] = [momentumAt(step), momentumAt(step + 1)]
    return [(learningRate * (1 - now)) / (1 - product), (learningRate * next) / (1 - product * next), Math.sqrt(1 - BETA_2 ** step)]
  },
  update: (state, gradient, [ofGradient, ofMoment, correction]) => {
    const moments = nextMoments(state, gradient)
    const scale = tf.add(tf.div(tf.sqrt(moments.moment2), correction!), EPSILON)
    const ahead = tf.add(tf.mul(gradient, ofGradient!), tf.mul(moments.moment1, ofMoment!))
    return { weights: tf.sub(state.weights, tf.div(ahead, scale)), ...moments }
  },
}

function momentumAt(step: number): number {
  return BETA_1 * (1 - 0.5 * 0.96 ** (step * MOMENTUM_DECAY))
}
