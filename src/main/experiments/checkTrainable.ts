import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { requireSequences } from '../datasets/requireSequences.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readDatasetSummary } from '../db/datasets.ts'

/**
 * Says before anything is queued what would stop every run.
 *
 * @throws WorkbenchError `not-found` where there is no such dataset; `conflict` where it is in the bin; `unavailable` where it
 *   is damaged; `conflict` too where its sequences are not here; `invalid-input` where it has nothing of what the recipe wants to learn
 */
export function checkTrainable(database: ReadableDatabase, dataset: number, { target }: Pick<Recipe, 'target'>): void {
  const summary = readDatasetSummary(database, dataset)
  const { name, binnedAt, cellTypes } = summary
  if (binnedAt !== null)
    throw new WorkbenchError('conflict', `The dataset ${name} is in the bin.`, { hint: 'Take it out of the bin, or choose another one.' })
  requireSequences(summary, 'nothing can be trained on it')
  if (target === 'specificity' && cellTypes.length < 2) {
    throw new WorkbenchError('invalid-input', 'Specificity compares cell types, and this dataset has one only.', {
      hint: 'Choose activity, log2(RNA/DNA), as the target.',
    })
  }
}
