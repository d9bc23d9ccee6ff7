import { encoderParameters } from './encoder.ts'
import { cellTypeHeadParameters, predictByCellType } from './head.ts'
import { poolByMean } from './pooling.ts'
import type { VariantDefinition } from './variant.ts'

/** `baseline`, told the cell type. */
export const embedding: VariantDefinition = {
  toldCellType: true,
  parameters: (cellTypes) => [...encoderParameters, ...cellTypeHeadParameters(cellTypes)],
  forward: (network) => predictByCellType(network, poolByMean(network)),
}
