import type { WorkbenchHandlers } from '../../../shared/contract/workbench.ts'
import type { ElementFilter } from '../../../shared/domain/elementFilter.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { ElementSort } from '../../../shared/domain/explore.ts'
import { parts } from '../../../shared/domain/split.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readNamedParts } from '../../db/datasetContent.ts'
import { readDataset, readDatasetSummary } from '../../db/datasets.ts'
import { readAssignment } from '../../db/splits.ts'
import { safeStem } from '../shelf/safeStem.ts'
import type { ContentCache } from './contentCache.ts'
import { describeElement, elementRow } from './describeElement.ts'
import { elementsTable } from './elementsTable.ts'
import { explore } from './explore.ts'
import { facetsOf } from './facets.ts'
import { matchElements } from './matchElements.ts'
import { sortElements } from './sortElements.ts'

type ExploreHandlers = Pick<WorkbenchHandlers['datasets'], 'explore' | 'facets' | 'elements' | 'elementsTable' | 'element'>

/** The calls that look into a dataset. They change nothing. */
export function exploreHandlers(database: ReadableDatabase, cache: ContentCache): ExploreHandlers {
  const matched = (id: number, filter: ElementFilter) => {
    const content = cache.get(id)
    return { content, positions: matchElements(content, filter, (split) => readAssignment(database, split)) }
  }
  const browse = rememberLast((id: number, filter: ElementFilter, sort: ElementSort | null) => {
    const { content, positions } = matched(id, filter)
    return sortElements(content, positions, sort)
  })
  return {
    explore: ({ id, filter }) => {
      const { content, positions } = matched(id, filter)
      return explore(content, filter, positions)
    },
    facets: ({ id }) => facetsOf(cache.get(id)),
    elements: ({ id, offset, limit, search, filter, sort }) => {
      const content = cache.get(id)
      const positions = browse(content, id, search === undefined ? filter : { ...filter, search: search.trim() }, sort)
      return {
        total: positions.length,
        elements: Array.from(positions.subarray(offset, offset + limit), (position) => elementRow(content, position)),
      }
    },
    elementsTable: ({ id, filter, sort }) => {
      const { content, positions } = matched(id, filter)
      return {
        fileName: `${safeStem(readDatasetSummary(database, id).name)} elements.tsv`,
        bytes: new TextEncoder().encode(elementsTable(content, sortElements(content, positions, sort))),
      }
    },
    element: ({ id, position }) => {
      const content = cache.get(id)
      if (position >= content.names.length) {
        throw new WorkbenchError('not-found', 'That element is not in the dataset.', { hint: 'Choose one from the table.' })
      }
      const splits = readNamedParts(database, id, position).map(({ name, code }) => ({ name, part: parts[code]! }))
      return describeElement(content, readDataset(database, id).adapters, position, splits)
    },
  }
}

/** Turning a page asks the same question again: its answer is kept as long as it is about the same content. */
function rememberLast<A extends unknown[]>(ask: (...question: A) => Int32Array): (content: object, ...question: A) => Int32Array {
  let last: { readonly content: object; readonly question: string; readonly answer: Int32Array } | null = null
  return (content, ...question) => {
    const words = JSON.stringify(question)
    if (last?.content !== content || last.question !== words) last = { content, question: words, answer: ask(...question) }
    return last.answer
  }
}
