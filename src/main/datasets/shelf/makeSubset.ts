import type { ElementFilter } from '../../../shared/domain/elementFilter.ts'
import { keepsAll } from '../../../shared/domain/elementFilter.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { readDataset, refuseTakenName } from '../../db/datasets.ts'
import { readAssignment, readSplit } from '../../db/splits.ts'
import type { Breathe } from '../breathe.ts'
import { requireSequences } from '../requireSequences.ts'
import type { ContentCache } from '../explore/contentCache.ts'
import { cellTypesOf, matchElements } from '../explore/matchElements.ts'
import { storeDerived } from './storeDerived.ts'
import { countsBarcodes, takeElements } from './takeElements.ts'

export interface SubsetRequest {
  readonly id: number
  readonly filter: ElementFilter
  readonly name: string
}

/**
 * Makes a dataset of the elements that a filter keeps, with the cell types that it names. Adapters and groups are the
 * parent's: what was related through an element that is left out stays in one group, which no split can then leak.
 *
 * @returns its id
 * @throws WorkbenchError where the filter keeps everything or nothing
 */
export async function makeSubset(
  { database, cache, now }: { readonly database: WritableDatabase; readonly cache: ContentCache; readonly now: () => Date },
  { id, filter, name }: SubsetRequest,
  breathe: Breathe,
): Promise<number> {
  refuseTakenName(database, name)
  const parent = readDataset(database, id)
  requireSequences(parent, 'no subset can be made of it')
  if (keepsAll(filter)) {
    throw new WorkbenchError('invalid-input', `The filter keeps all of ${parent.name}: the subset would be the same dataset again.`, {
      hint: 'Filter the elements first.',
    })
  }
  const content = cache.get(id)
  const cellTypes = cellTypesOf(content, filter)
  // An element of a dataset has an activity; in the cell types that are kept it may have none.
  const positions = matchElements(content, filter, (split) => readAssignment(database, split)).filter((i) =>
    cellTypes.some(({ activities }) => !Number.isNaN(activities[i])),
  )
  if (positions.length === 0) {
    throw new WorkbenchError('invalid-input', `No element of ${parent.name} passes the filter.`, { hint: 'Let more through.' })
  }
  await breathe()
  const taken = takeElements({ ...content, cellTypes }, positions)
  const { adapters, simulated, fingerprint } = parent
  return storeDerived(
    database,
    {
      ...taken,
      name,
      simulated,
      // None can be asked for where none are counted.
      minimumBarcodes: taken.cellTypes.some(countsBarcodes) ? parent.minimumBarcodes : 0,
      adapters,
      createdAt: now().toISOString(),
      origin: {
        kind: 'subset',
        parent: { id, name: parent.name, fingerprint },
        filter,
        ...(filter.part && { split: readSplit(database, filter.part.split).name }),
      },
      notes: [
        {
          kind: 'other',
          count: positions.length,
          message: `${positions.length.toLocaleString('en')} of the ${content.names.length.toLocaleString('en')} elements of ${parent.name} passed the filter.`,
          examples: [],
        },
      ],
    },
    breathe,
  )
}
