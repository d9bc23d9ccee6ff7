import { encode, encoderParameters } from './encoder.ts'
import { cellTypeHeadParameters, predictByCellType } from './head.ts'
import { attentionParameters, poolByAttention } from './pooling.ts'
import type { VariantDefinition } from './variant.ts'

/** `attention`, told the cell type. */
export const full: VariantDefinition = {
  parameters: (cellTypes) => [...encoderParameters, ...attentionParameters, ...cellTypeHeadParameters(cellTypes)],
  forward: (network, sequences) => predictByCellType(network, poolByAttention(network, encode(network, sequences))),
}
