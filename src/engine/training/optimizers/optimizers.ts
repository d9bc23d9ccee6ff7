import type { Tensor } from '@tensorflow/tfjs-core'
import type { Optimizer as OptimizerName } from '../../../shared/domain/recipe.ts'
import { tf } from '../../tfjs.ts'
import { adadelta } from './adadelta.ts'
import { adagrad } from './adagrad.ts'
import { adam, adamw } from './adam.ts'
import { lamb } from './lamb.ts'
import { nadam } from './nadam.ts'
import type { Optimizer, OptimizerSettings, OptimizerState } from './optimizer.ts'
import { radam } from './radam.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

const optimizers: Readonly<Record<OptimizerName, Optimizer>> = { sgd, adagrad, adadelta, rmsprop, adam, adamw, nadam, radam, lamb }

/** The numbers that change from step to step, for {@link takeStep}. `step` counts from 1. */
export function stepRates(step: number, learningRate: number, settings: OptimizerSettings): Float32Array {
  return Float32Array.from(optimizers[settings.optimizer].rates(step, learningRate, settings))
}

/**
 * One step of the recipe's optimiser.
 *
 * @param rates {@link stepRates} as a tensor
 * @param sizes of the tensors that the packed vectors hold, in their order
 */
export function takeStep(
  state: OptimizerState,
  gradient: Tensor,
  rates: Tensor,
  settings: OptimizerSettings,
  sizes: readonly number[],
): OptimizerState {
  const { decoupled, update } = optimizers[settings.optimizer]
  const slope = decoupled || settings.weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(state.weights, settings.weightDecay))
  return update(state, slope, rates.size === 1 ? [rates] : tf.split(rates, rates.size), settings, sizes)
}
