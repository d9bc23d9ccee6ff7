import { encoderParameters } from './encoder.ts'
import { cellTypeHeadParameters, predictByCellType } from './head.ts'
import { attentionParameters, poolByAttention } from './pooling.ts'
import type { VariantDefinition } from './variant.ts'

/** `attention`, told the cell type. */
export const full: VariantDefinition = {
  toldCellType: true,
  parameters: (cellTypes) => [...encoderParameters, ...attentionParameters, ...cellTypeHeadParameters(cellTypes)],
  forward: (network) => predictByCellType(network, poolByAttention(network)),
}
