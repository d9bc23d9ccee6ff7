import type { EventName, EventValue } from '../../shared/contract/contract.ts'
import type { WorkbenchContract, WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import type { ReadableDatabase, WritableDatabase } from '../db/database.ts'
import { readActivities, readDataset, readDatasetSummary, readUnmatchedNames } from '../db/datasets.ts'
import { readSplits } from '../db/splits.ts'
import { field } from '../scans/scoresTsv.ts'
import { ContentCache } from './explore/contentCache.ts'
import { exploreHandlers } from './explore/exploreHandlers.ts'
import { histogram } from './histogram.ts'
import { importHandlers } from './importing/importHandlers.ts'
import { seldom } from './importing/seldom.ts'
import { shelfHandlers } from './shelf/shelfHandlers.ts'
import { simulateDataset } from './simulateDataset.ts'

/** What the calls about datasets need from outside. */
export interface DatasetDependencies {
  readonly database: WritableDatabase
  readonly uploadsFolder: string
  readonly now: () => Date
  readonly emit: <N extends EventName<WorkbenchContract>>(name: N, value: EventValue<WorkbenchContract, N>) => void
  /** Shared with whoever else looks into datasets; its own where not given. */
  readonly contents?: ContentCache
}

/** The `datasets` calls of the contract. */
export function datasetHandlers({
  database,
  uploadsFolder,
  now,
  emit,
  contents: cache = new ContentCache(database),
}: DatasetDependencies): WorkbenchHandlers['datasets'] {
  const changed = (id: number) => emit('datasets.changed', readDatasetSummary(database, id))
  const made = (id: number) => {
    changed(id)
    return readDatasetDetail(database, id)
  }
  return {
    ...importHandlers({ database, uploadsFolder, now, made }),
    ...shelfHandlers({ database, now, emit }, cache),
    ...exploreHandlers(database, cache),
    get: ({ id }) => readDatasetDetail(database, id),
    simulate: async (request, { signal, progress }) => {
      const id = await simulateDataset(request, { database, uploadsFolder, now, signal, progress: seldom(progress) })
      return made(id)
    },
    unmatched: ({ id }) => unmatchedTable(database, id),
  }
}

/** A dataset with its splits and the distribution of its activities. @throws WorkbenchError `not-found` */
export function readDatasetDetail(database: ReadableDatabase, id: number): DatasetDetail {
  const dataset = readDataset(database, id)
  const activities = readActivities(database, id)
  return {
    ...dataset,
    splits: readSplits(database, id),
    distributions: Object.fromEntries(dataset.cellTypes.map(({ name }, i) => [name, histogram(activities[i]!)])),
  }
}

function unmatchedTable(database: ReadableDatabase, id: number): { fileName: string; bytes: Uint8Array } {
  const { name } = readDatasetSummary(database, id)
  const rows = readUnmatchedNames(database, id).map(
    ({ side, cellType, name: unmatched }) => `${side}\t${field(cellType)}\t${field(unmatched)}\n`,
  )
  return {
    fileName: `${name.replace(/[^\p{L}\p{N} ._-]/gu, '_')} unmatched names.tsv`,
    bytes: new TextEncoder().encode(`side\tcell_type\tname\n${rows.join('')}`),
  }
}
