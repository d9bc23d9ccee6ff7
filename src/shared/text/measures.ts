import type { MeasureName } from '../domain/measures.ts'
import type { Target } from '../domain/recipe.ts'

export interface MeasureWords {
  readonly label: string
  /** Whether it has the unit of the target, or its square; null where it has none. */
  readonly unit: 'target' | 'target squared' | null
  readonly higherIsBetter: boolean
  readonly explanation: string
}

/** The six measures in plain words. */
export const measureWords: Readonly<Record<MeasureName, MeasureWords>> = {
  pearson: {
    label: 'Pearson r',
    unit: null,
    higherIsBetter: true,
    explanation: 'How well predicted and measured activity lie on a straight line. 1 is perfect, 0 is none.',
  },
  spearman: {
    label: 'Spearman ρ',
    unit: null,
    higherIsBetter: true,
    explanation: 'How well the order of the elements is predicted, whatever their distances. 1 is perfect, 0 is none.',
  },
  r2: {
    label: 'R²',
    unit: null,
    higherIsBetter: true,
    explanation: 'The share of the differences in activity that the predictions explain. Below 0 is worse than always saying the mean.',
  },
  mse: {
    label: 'MSE',
    unit: 'target squared',
    higherIsBetter: false,
    explanation: 'Mean of the squared errors. Smaller is better; large errors weigh most.',
  },
  rmse: {
    label: 'RMSE',
    unit: 'target',
    higherIsBetter: false,
    explanation: 'Square root of the MSE: the size of a typical error, in units of the target such as log2(RNA/DNA). Smaller is better.',
  },
  mae: {
    label: 'MAE',
    unit: 'target',
    higherIsBetter: false,
    explanation: 'Mean size of the errors, in units of the target such as log2(RNA/DNA). Smaller is better.',
  },
}

/** The unit of each target, as beside a number. */
const targetUnits: Readonly<Record<Target, string>> = { log2: 'log2 units', specificity: 'specificity' }

/** A measure as on an axis, with its unit where it has one. */
export function measureAxis(measure: MeasureName, target: Target): string {
  const { label, unit } = measureWords[measure]
  return unit === null ? label : `${label} (${unit.replace('target', targetUnits[target])})`
}
