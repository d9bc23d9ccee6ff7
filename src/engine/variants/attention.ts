import { encoderParameters } from './encoder.ts'
import { headParameters, predict } from './head.ts'
import { attentionParameters, poolByAttention } from './pooling.ts'
import type { VariantDefinition } from './variant.ts'

/** Convolutions, attention over the positions, head. Not told the cell type. */
export const attention: VariantDefinition = {
  toldCellType: false,
  parameters: () => [...encoderParameters, ...attentionParameters, ...headParameters],
  forward: (network) => predict(network, poolByAttention(network)),
}
