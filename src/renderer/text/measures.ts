import type { MeasureName } from '../../shared/domain/measures.ts'

export interface MeasureWords {
  readonly label: string
  /** As on an axis: with its unit, where it has one. */
  readonly axis: string
  readonly higherIsBetter: boolean
  readonly explanation: string
}

/** The six measures in plain words. */
export const measureWords: Readonly<Record<MeasureName, MeasureWords>> = {
  pearson: {
    label: 'Pearson r',
    axis: 'Pearson r',
    higherIsBetter: true,
    explanation: 'How well predicted and measured activity lie on a straight line. 1 is perfect, 0 is none.',
  },
  spearman: {
    label: 'Spearman ρ',
    axis: 'Spearman ρ',
    higherIsBetter: true,
    explanation: 'How well the order of the elements is predicted, whatever their distances. 1 is perfect, 0 is none.',
  },
  r2: {
    label: 'R²',
    axis: 'R²',
    higherIsBetter: true,
    explanation: 'The share of the differences in activity that the predictions explain. Below 0 is worse than always saying the mean.',
  },
  mse: {
    label: 'MSE',
    axis: 'MSE (log2 units squared)',
    higherIsBetter: false,
    explanation: 'Mean of the squared errors. Smaller is better; large errors weigh most.',
  },
  rmse: {
    label: 'RMSE',
    axis: 'RMSE (log2 units)',
    higherIsBetter: false,
    explanation: 'Square root of the MSE: the size of a typical error, in log2(RNA/DNA). Smaller is better.',
  },
  mae: {
    label: 'MAE',
    axis: 'MAE (log2 units)',
    higherIsBetter: false,
    explanation: 'Mean size of the errors, in log2(RNA/DNA). Smaller is better.',
  },
}
