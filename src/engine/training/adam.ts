import type { Tensor } from '@tensorflow/tfjs-core'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { tf } from '../tfjs.ts'

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-8

export interface AdamState {
  readonly weights: Tensor
  readonly moment1: Tensor
  readonly moment2: Tensor
}

/**
 * The numbers that change from step to step, for {@link adamUpdate}: [step size, √(bias correction of the second moment),
 * factor of decoupled decay]. Computed here in double precision, as torch.optim does. `step` counts from 1.
 */
export function adamRates(
  step: number,
  learningRate: number,
  { optimizer, weightDecay }: Pick<Recipe, 'optimizer' | 'weightDecay'>,
): Float32Array {
  const stepSize = learningRate / (1 - BETA_1 ** step)
  const decay = optimizer === 'adamw' ? 1 - learningRate * weightDecay : 1
  return Float32Array.of(stepSize, Math.sqrt(1 - BETA_2 ** step), decay)
}

/**
 * One step of Adam (Kingma & Ba 2015) with L2 in the gradient, or of AdamW (Loshchilov & Hutter 2019) with the decay
 * taken off the weights, in the order of operations of torch.optim.Adam and AdamW. All learned tensors decay, biases too.
 */
export function adamUpdate(
  { weights, moment1, moment2 }: AdamState,
  gradient: Tensor,
  rates: Tensor,
  { optimizer, weightDecay }: Pick<Recipe, 'optimizer' | 'weightDecay'>,
): AdamState {
  const [stepSize, correction, decay] = tf.split(rates, 3) as [Tensor, Tensor, Tensor]
  const decoupled = optimizer === 'adamw'
  const slope = decoupled || weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weights, weightDecay))
  const first: Tensor = tf.add(tf.mul(moment1, BETA_1), tf.mul(slope, 1 - BETA_1))
  const second: Tensor = tf.add(tf.mul(moment2, BETA_2), tf.mul(tf.square(slope), 1 - BETA_2))
  const change = tf.div(tf.mul(first, stepSize), tf.add(tf.div(tf.sqrt(second), correction), EPSILON))
  return { weights: tf.sub(decoupled ? tf.mul(weights, decay) : weights, change), moment1: first, moment2: second }
}
