import type { WorkbenchClient } from '../../../shared/contract/workbench.ts'
import { filterOf } from '../datasets/filterDraft.ts'
import type { ComparisonAddress } from './comparisonAddress.ts'

/** What is to be compared, as the calls take it. */
export type SelectionInput = Parameters<WorkbenchClient['comparisons']['compare']>[0]

/** What an address asks to compare. */
export function selectionOf(
  dataset: number,
  { runs, ensembles, filter, set }: Pick<ComparisonAddress, 'runs' | 'ensembles' | 'filter' | 'set'>,
): SelectionInput {
  return {
    dataset,
    ...(runs && { runs: [...runs] }),
    ensembles: [...ensembles],
    filter: filterOf(filter),
    ...(set !== null && { set }),
  }
}
