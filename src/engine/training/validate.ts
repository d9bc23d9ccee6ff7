import { pearson } from '../../shared/stats/correlation.ts'
import type { TrainingData } from './trainingData.ts'

export interface Validation {
  /** Mean squared error over the measured rows; null where there are none. */
  readonly loss: number | null
  /** Over all measured rows together; null where it is not defined. */
  readonly pearson: number | null
}

/** Compares predictions [elements, cellTypes] with what was measured of the elements. */
export function validate(data: TrainingData, elements: Int32Array, predictions: Float32Array): Validation {
  const predicted: number[] = []
  const measured: number[] = []
  elements.forEach((element, row) => {
    data.activitiesOf(element).forEach((activity, cellType) => {
      if (Number.isNaN(activity)) return
      measured.push(activity)
      predicted.push(predictions[row * data.cellTypes + cellType]!)
    })
  })
  const squares = predicted.reduce((sum, value, i) => sum + (value - measured[i]!) ** 2, 0)
  return { loss: measured.length ? squares / measured.length : null, pearson: pearson(predicted, measured) }
}
