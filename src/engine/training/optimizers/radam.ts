import { tf } from '../../tfjs.ts'
import { BETA_1, BETA_2, nextMoments } from './moments.ts'
import type { Optimizer } from './optimizer.ts'

const EPSILON = 1e-8
/** Degrees of freedom of the second moment in the limit. */
const LONGEST = 2 / (1 - BETA_2) - 1
/** With fewer the variance of the adaptive rate is not to be had: the step is one of momentum alone. */
const FEWEST = 5

/**
 * RAdam (Liu et al. 2020, arXiv 1908.03265) as torch.optim.RAdam: β 0.9 and 0.999, ε 1e-8. Rates: [rate of the adaptive step,
 * rate of the plain one], of which one is 0. The first five steps are plain.
 */
export const radam: Optimizer = {
  decoupled: false,
  rates: (step, learningRate) => {
    const correction = 1 - BETA_2 ** step
    const freedom = LONGEST - (2 * step * BETA_2 ** step) / correction
    const rate = learningRate / (1 - BETA_1 ** step)
    if (freedom <= FEWEST) return [0, rate]
    const rectified = Math.sqrt(((freedom - 4) * (freedom - 2) * LONGEST) / ((LONGEST - 4) * (LONGEST - 2) * freedom))
    return [rate * rectified * Math.sqrt(correction), 0]
  },
  update: (state, gradient, [adaptive, plain]) => {
    const moments = nextMoments(state, gradient)
    const rate = tf.add(tf.div(adaptive!, tf.add(tf.sqrt(moments.moment2), EPSILON)), plain!)
    return { weights: tf.sub(state.weights, tf.mul(moments.moment1, rate)), ...moments }
  },
}
