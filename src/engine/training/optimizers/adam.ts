import { tf } from '../../tfjs.ts'
import { BETA_1, BETA_2, nextMoments } from './moments.ts'
import type { Optimizer } from './optimizer.ts'

const EPSILON = 1e-8

/**
 * Adam (Kingma & Ba 2015, arXiv 1412.6980) in the order of operations of torch.optim.Adam: β 0.9 and 0.999, ε 1e-8. Rates:
 * [step size, √(bias correction of the second moment), factor of decoupled decay]. All learned tensors decay, biases too.
 */
export const adam: Optimizer = {
  decoupled: false,
  rates: (step, learningRate) => [learningRate / (1 - BETA_1 ** step), Math.sqrt(1 - BETA_2 ** step), 1],
  update: (state, gradient, [stepSize, correction]) => {
    const moments = nextMoments(state, gradient)
    const change = tf.div(tf.mul(moments.moment1, stepSize!), tf.add(tf.div(tf.sqrt(moments.moment2), correction!), EPSILON))
    return { weights: tf.sub(state.weights, change), ...moments }
  },
}

/** AdamW (Loshchilov & Hutter 2019, arXiv 1711.05101) as torch.optim.AdamW: Adam with the decay taken off the weights. */
export const adamw: Optimizer = {
  decoupled: true,
  rates: (step, learningRate, { weightDecay }) => [
    ...adam.rates(step, learningRate, adamSettings).slice(0, 2),
    1 - learningRate * weightDecay,
  ],
  update: (state, gradient, rates, settings, sizes) =>
    adam.update({ ...state, weights: tf.mul(state.weights, rates[2]!) }, gradient, rates, settings, sizes),
}

const adamSettings = { optimizer: 'adam', weightDecay: 0, momentum: 0 } as const
