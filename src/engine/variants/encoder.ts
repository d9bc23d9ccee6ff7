import type { Tensor4D } from '@tensorflow/tfjs-core'
import { maxPoolPairs } from '../ops/maxPoolPairs.ts'
import { batchNormParameters, convParameters, runningStatistics, type Parameter } from './parameters.ts'
import { weight, type Network } from './variant.ts'

const WIDTH = 8
/** Zeros on either side of every convolution, so that each makes its signal longer by one. */
export const PADDED_BASES = 4
/** Channels that the encoder gives for every position. */
export const FEATURES = 16
export const EPSILON = 1e-5

/** Numbered as the modules of an `nn.Sequential`: conv, ReLU, batch norm, max pool; conv, ReLU, batch norm; conv, ReLU, batch norm. */
const blocks = [
  { conv: 'encoder.0', norm: 'encoder.2', inputs: 4, outputs: 8 },
  { conv: 'encoder.4', norm: 'encoder.6', inputs: 8, outputs: 8 },
  { conv: 'encoder.7', norm: 'encoder.9', inputs: 8, outputs: FEATURES },
] as const
type Block = (typeof blocks)[number]

/** The layers with batch normalisation, in the order in which they are applied. */
export const normalisedLayers: readonly string[] = blocks.map(({ norm }) => norm)

export const encoderParameters: readonly Parameter[] = blocks.flatMap(({ conv, norm, inputs, outputs }) => [
  ...convParameters(conv, inputs, outputs, WIDTH),
  ...batchNormParameters(norm, outputs),
])

/** Running mean and variance of every layer of {@link normalisedLayers}, in that order; the same for all variants. */
export const encoderStatistics: readonly Parameter[] = blocks.flatMap(({ norm, outputs }) => runningStatistics(norm, outputs))

/** [batch, 1, length + 2 × PADDED_BASES, 4] → [batch, 1, about half the length, FEATURES]. */
export function encode(network: Network, sequences: Tensor4D): Tensor4D {
  const [first, second, third] = blocks
  const pooled = maxPoolPairs(convolve(network, sequences, first, 0))
  return convolve(network, convolve(network, pooled, second), third)
}

function convolve(network: Network, x: Tensor4D, { conv, norm }: Block, padding = PADDED_BASES): Tensor4D {
  const signal = network.ops.conv(x, weight(network, `${conv}.weight`), weight(network, `${conv}.bias`), padding)
  return network.normalise(network.ops.relu(signal), norm)
}
