import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { encoderOf, FEATURES } from './encoder.ts'
import { convParameters, type Parameter } from './parameters.ts'
import { weight, type Network } from './variant.ts'

/** The encoder's features, their mean over all positions: [batch, FEATURES]. */
export function poolByMean(network: Network): Tensor2D {
  return network.encode({ ...encoderOf(network), attention: null })
}

export const attentionParameters: readonly Parameter[] = convParameters('attention', FEATURES, 1, 1)

/** The encoder's features, summed with the weights that a 1×1 convolution and a softmax over the length give: [batch, FEATURES]. */
export function poolByAttention(network: Network): Tensor2D {
  const attention = { filter: weight<Tensor4D>(network, 'attention.weight'), bias: weight<Tensor1D>(network, 'attention.bias') }
  return network.encode({ ...encoderOf(network), attention })
}
