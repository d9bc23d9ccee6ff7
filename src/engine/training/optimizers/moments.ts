import type { Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../../tfjs.ts'
import type { OptimizerState } from './optimizer.ts'

/** The decay of Adam's two running means, and of all that came after it. */
export const BETA_1 = 0.9
export const BETA_2 = 0.999

/** The running means of the gradient and of its square (Kingma & Ba 2015), biased towards the zeros that they began as. */
export function nextMoments({ moment1, moment2 }: OptimizerState, gradient: Tensor): Pick<OptimizerState, 'moment1' | 'moment2'> {
  return {
    moment1: tf.add(tf.mul(moment1, BETA_1), tf.mul(gradient, 1 - BETA_1)),
    moment2: tf.add(tf.mul(moment2, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2)),
  }
}
