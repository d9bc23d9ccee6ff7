import type { Tensor } from '@tensorflow/tfjs-core'
import type { Recipe } from '../../../shared/domain/recipe.ts'

/** What an optimiser changes: packed vectors. Each says what it puts into the two moments; both begin as zeros. */
export interface OptimizerState {
  readonly weights: Tensor
  readonly moment1: Tensor
  readonly moment2: Tensor
}

export type OptimizerSettings = Pick<Recipe, 'optimizer' | 'weightDecay' | 'momentum'>

/** One rule by which weights follow their gradient: pure, so that a step can be traced. */
export interface Optimizer {
  /** Takes the weight decay off the weights by itself; for the others L2 stands in the gradient already. */
  readonly decoupled: boolean
  /**
   * The numbers that change from step to step, in double precision as in torch.optim. Whatever follows from the step must be
   * here: what is computed in JavaScript during `update` is frozen into the traced step. `step` counts from 1.
   */
  rates(step: number, learningRate: number, settings: OptimizerSettings): readonly number[]
  /** `rates` as scalars-to-be of shape [1]; `sizes`: how the packed vectors part into tensors. */
  update(
    state: OptimizerState,
    gradient: Tensor,
    rates: readonly Tensor[],
    settings: OptimizerSettings,
    sizes: readonly number[],
  ): OptimizerState
}
