import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import type { DatasetSummary } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'

/** A dataset by its name, or else by its number. */
export async function findDataset(calls: WorkbenchClient, named: string): Promise<DatasetSummary> {
  const datasets = await calls.datasets.list({})
  const found = datasets.find(({ name }) => name === named) ?? datasets.find(({ id }) => String(id) === named)
  if (found) return found
  const names = datasets.map(({ name }) => name).join(', ')
  throw new WorkbenchError('not-found', `There is no dataset ${named} in this workspace.`, {
    hint: names ? `There are: ${names}.` : 'Import one first.',
  })
}
