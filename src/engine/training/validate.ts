import { mean, pearson } from '../../shared/stats/correlation.ts'
import { LEAST_VARIANCE, type LossSettings } from './lossOf.ts'
import type { TrainingData } from './trainingData.ts'

export interface Validation {
  /** The recipe's loss over the measured rows, in evaluation mode; null where there are none. */
  readonly loss: number | null
  /** Over all measured rows together; null where it is not defined. */
  readonly pearson: number | null
  /** Over the measured rows of each cell type; null where it is not defined. */
  readonly cellTypePearsons: (number | null)[]
}

/** Of some elements, in the target's units: [elements, cellTypes]. */
export interface Predicted {
  readonly predictions: Float32Array
  /** What the variances are made of by softplus; null but for the loss `gaussianNll`. */
  readonly rawVariances: Float32Array | null
}

interface Row {
  readonly cellType: number
  readonly measured: number
  readonly predicted: number
  readonly rawVariance: number
}

/** Compares predictions with what was measured of the elements, in double precision. */
export function validate(data: TrainingData, elements: Int32Array, predicted: Predicted, settings: LossSettings): Validation {
  const rows: Row[] = []
  elements.forEach((element, i) => {
    data.activitiesOf(element).forEach((measured, cellType) => {
      const at = i * data.cellTypes + cellType
      if (!Number.isNaN(measured))
        rows.push({ cellType, measured, predicted: predicted.predictions[at]!, rawVariance: predicted.rawVariances?.[at] ?? NaN })
    })
  })
  const cellTypePearsons = Array.from({ length: data.cellTypes }, (_, cellType) =>
    pearsonOf(rows.filter((row) => row.cellType === cellType)),
  )
  return { loss: rows.length ? lossOver(rows, cellTypePearsons, settings) : null, pearson: pearsonOf(rows), cellTypePearsons }
}

/** What `lossOf` computes for a batch. */
function lossOver(rows: readonly Row[], cellTypePearsons: readonly (number | null)[], { loss, huberDelta }: LossSettings): number {
  if (loss === 'pearson') {
    const defined = cellTypePearsons.filter((r) => r !== null)
    return defined.length ? 1 - mean(defined) : 1
  }
  const ofRow = ({ measured, predicted, rawVariance }: Row): number => {
    const error = Math.abs(predicted - measured)
    if (loss === 'mse') return error ** 2
    if (loss === 'huber') return error <= huberDelta ? error ** 2 / 2 : huberDelta * (error - huberDelta / 2)
    const variance = Math.max(LEAST_VARIANCE, Math.max(rawVariance, 0) + Math.log1p(Math.exp(-Math.abs(rawVariance))))
    return (Math.log(variance) + error ** 2 / variance) / 2
  }
  return mean(rows.map(ofRow))
}

function pearsonOf(rows: readonly Row[]): number | null {
  return pearson(
    rows.map(({ predicted }) => predicted),
    rows.map(({ measured }) => measured),
  )
}
