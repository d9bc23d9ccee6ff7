import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Encoder } from '../ops/ops.ts'
import { batchNormParameters, convParameters, runningStatistics, type Parameter } from './parameters.ts'
import { weight, type Network } from './variant.ts'

const WIDTH = 8
/** Zeros on either side of every convolution, so that each makes its signal longer by one. */
export const PADDED_BASES = 4
/** Channels that the encoder gives for every position. */
export const FEATURES = 16
const EPSILON = 1e-5

/** Numbered as the modules of an `nn.Sequential`: conv, ReLU, batch norm, max pool; conv, ReLU, batch norm; conv, ReLU, batch norm. */
const blocks = [
  { conv: 'encoder.0', norm: 'encoder.2', inputs: 4, outputs: 8, pools: true },
  { conv: 'encoder.4', norm: 'encoder.6', inputs: 8, outputs: 8, pools: false },
  { conv: 'encoder.7', norm: 'encoder.9', inputs: 8, outputs: FEATURES, pools: false },
] as const

export const encoderParameters: readonly Parameter[] = blocks.flatMap(({ conv, norm, inputs, outputs }) => [
  ...convParameters(conv, inputs, outputs, WIDTH),
  ...batchNormParameters(norm, outputs),
])

/** Running mean and variance of every batch normalisation, in the order in which they are applied; the same for all variants. */
export const encoderStatistics: readonly Parameter[] = blocks.flatMap(({ norm, outputs }) => runningStatistics(norm, outputs))

/**
 * The encoder with a network's tensors, but for its pooling. The sizes are written into its native form, too
 * (src/engine/native/encoder.h).
 */
export function encoderOf(network: Network): Omit<Encoder, 'attention'> {
  const layers = blocks.map(({ conv, norm, pools }) => ({
    filters: weight<Tensor4D>(network, `${conv}.weight`),
    bias: weight<Tensor1D>(network, `${conv}.bias`),
    scale: weight<Tensor1D>(network, `${norm}.weight`),
    offset: weight<Tensor1D>(network, `${norm}.bias`),
    pools,
  }))
  return { layers, padding: PADDED_BASES, epsilon: EPSILON }
}
