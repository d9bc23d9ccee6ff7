import type { TrainingJob } from '../../shared/contract/engine.ts'
import { CODES } from '../../shared/dna/bases.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'

/** The sequences and activities of a job, checked. */
export interface TrainingData {
  readonly length: number
  readonly cellTypes: number
  /** Elements of the training part with at least one measured activity. */
  readonly train: Int32Array
  codesOf(element: number): Uint8Array
  /** The target by cell type, NaN where not measured. */
  activitiesOf(element: number): Float32Array
}

/** Throws a {@link WorkbenchError} where the job does not fit together or leaves nothing to learn from. */
export function trainingData({ bases, activities, length, cellTypes, train, validation, test, recipe }: TrainingJob): TrainingData {
  const elements = bases.length / length
  const fits = Number.isInteger(elements) && activities.length === elements * cellTypes && !bases.some((code) => code >= CODES)
  const inside = [train, validation, test].every((part) => part.every((element) => element >= 0 && element < elements))
  if (!fits || !inside)
    throw new WorkbenchError(
      'invalid-input',
      'The training data do not fit together: sequences, activities and parts are of different sizes.',
    )

  if (recipe.shift >= length) {
    throw new WorkbenchError('invalid-input', `A shift of ${recipe.shift} bases would move sequences of ${length} bases out of sight.`, {
      hint: 'Choose a shift of a few bases: 3 to 10 are usual.',
    })
  }
  const activitiesOf = (element: number) => activities.subarray(element * cellTypes, (element + 1) * cellTypes)
  const learnable = train.filter((element) => activitiesOf(element).some((activity) => !Number.isNaN(activity)))
  if (learnable.length === 0) {
    throw new WorkbenchError('invalid-input', 'The training part has no measured activity, so there is nothing to learn from.', {
      hint: 'Choose another split, or a dataset with more elements.',
    })
  }
  return {
    length,
    cellTypes,
    train: learnable,
    codesOf: (element) => bases.subarray(element * length, (element + 1) * length),
    activitiesOf,
  }
}
