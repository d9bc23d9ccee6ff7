import { encode, encoderParameters } from './encoder.ts'
import { headParameters, predict } from './head.ts'
import { poolByMean } from './pooling.ts'
import type { VariantDefinition } from './variant.ts'

/** Convolutions, global mean, head. Not told the cell type. */
export const baseline: VariantDefinition = {
  parameters: () => [...encoderParameters, ...headParameters],
  forward: (network, sequences) => predict(network, poolByMean(encode(network, sequences))),
}
