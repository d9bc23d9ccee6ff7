import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'

/** A batch-normalised tensor and the statistics of the batch, for the running ones. */
export interface BatchNormResult {
  readonly y: Tensor4D
  /** Mean of each channel over the batch. */
  readonly mean: Tensor1D
  /** Unbiased variance (÷ n − 1) of each channel over the batch; the normalisation itself uses the biased one, as PyTorch does. */
  readonly variance: Tensor1D
}

/**
 * The few operations that engines do differently. Signals are [batch, 1, length, channels]. Everything else in a variant
 * is plain tfjs, which runs on every engine.
 */
export interface Ops {
  /** Cross-correlation along the length, with `padding` zeros on either side, plus a bias; filters are [1, width, in, out]. */
  conv(x: Tensor4D, filters: Tensor4D, bias: Tensor1D, padding: number): Tensor4D
  relu<T extends Tensor>(x: T): T
  /** Batch normalisation in training mode over batch and length. The statistics are kept: dispose them. */
  batchNorm(x: Tensor4D, scale: Tensor1D, offset: Tensor1D, epsilon: number): BatchNormResult
  /** Uniform noise on [0, 1) that two int32 seeds (a tensor [2]) fix; the engine's own stream. */
  uniform(shape: readonly number[], seeds: Tensor1D): Tensor
}
