import { encoderParameters } from './encoder.ts'
import { headParameters, predict } from './head.ts'
import { poolByMean } from './pooling.ts'
import type { VariantDefinition } from './variant.ts'

/** Convolutions, global mean, head. Not told the cell type. */
export const baseline: VariantDefinition = {
  toldCellType: false,
  parameters: () => [...encoderParameters, ...headParameters],
  forward: (network) => predict(network, poolByMean(network)),
}
