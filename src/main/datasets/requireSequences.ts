import { hasSequences, type DatasetSummary } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'

/**
 * Refuses what cannot be done without sequences.
 *
 * @param what that is, as the end of `… so`: `nothing can be trained on it`
 * @throws WorkbenchError `conflict`
 */
export function requireSequences(dataset: Pick<DatasetSummary, 'name' | 'length'>, what: string): void {
  if (hasSequences(dataset)) return
  throw new WorkbenchError('conflict', `${dataset.name} came here without its sequences, so ${what}.`, {
    hint: 'Ask for the experiment with its sequences, or import the data themselves.',
  })
}
