import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Split } from '../../shared/domain/split.ts'

/** Splits of a dataset, each by its name, or else by its number, in the order in which they are named. */
export async function findSplits(calls: WorkbenchClient, dataset: number, names: readonly string[]): Promise<Split[]> {
  const splits = await calls.splits.list({ dataset })
  return names.map((named) => {
    const found = splits.find(({ name }) => name === named) ?? splits.find(({ id }) => String(id) === named)
    if (found) return found
    const known = splits.map(({ name }) => name).join('; ')
    throw new WorkbenchError('not-found', `There is no split ${named} of this dataset.`, {
      hint: known ? `There are: ${known}.` : 'Make one with the command split.',
    })
  })
}
