import type { Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../../tfjs.ts'
import { BETA_1, BETA_2, nextMoments } from './moments.ts'
import type { Optimizer } from './optimizer.ts'

const EPSILON = 1e-6

/**
 * LAMB (You et al. 2020, arXiv 1904.00962, Algorithm 2, with φ(z) = z): β 0.9 and 0.999, ε 1e-6. Rates: [learning rate, bias
 * corrections of the two moments]. The step of each tensor is as long as the tensor, times the rate; a tensor or a step of
 * length zero leaves the step as it is.
 */
export const lamb: Optimizer = {
  decoupled: true,
  rates: (step, learningRate) => [learningRate, 1 - BETA_1 ** step, 1 - BETA_2 ** step],
  update: (state, gradient, [rate, correction1, correction2], { weightDecay }, sizes) => {
    const moments = nextMoments(state, gradient)
    const [mean, squares] = [tf.div(moments.moment1, correction1!), tf.div(moments.moment2, correction2!)]
    const steps = tf.add(tf.div(mean, tf.add(tf.sqrt(squares), EPSILON)), tf.mul(state.weights, weightDecay))
    const tensors = tf.split(state.weights, [...sizes])
    const trusted = tf.split(steps, [...sizes]).map((step, i) => tf.mul(step, trustRatio(tensors[i]!, step)))
    return { weights: tf.sub(state.weights, tf.mul(tf.concat(trusted), rate!)), ...moments }
  },
}

/** The length of a tensor divided by that of its step; 1 where either has none. */
function trustRatio(tensor: Tensor, step: Tensor): Tensor {
  const [ofTensor, ofStep] = [tf.sqrt(tf.sum(tf.square(tensor))), tf.sqrt(tf.sum(tf.square(step)))]
  const none = tf.cast(tf.equal(tf.mul(ofTensor, ofStep), 0), 'float32')
  // Where there is none, 1 is added above and below what is zero.
  return tf.div(tf.add(tf.mul(ofTensor, tf.sub(1, none)), none), tf.add(tf.mul(ofStep, tf.sub(1, none)), none))
}
