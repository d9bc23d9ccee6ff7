import type { EventName, EventValue } from '../../shared/contract/contract.ts'
import type { WorkbenchContract, WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import type { ReadableDatabase, WritableDatabase } from '../db/database.ts'
import {
  listDatasets,
  readActivities,
  readDataset,
  readDatasetSummary,
  readElements,
  readUnmatchedNames,
  renameDataset,
} from '../db/datasets.ts'
import { readSplits } from '../db/splits.ts'
import { field } from '../scans/scoresTsv.ts'
import { histogram } from './histogram.ts'
import { importDataset } from './importDataset.ts'
import { inspectSources } from './inspectSources.ts'
import { simulateDataset } from './simulateDataset.ts'

/** What the calls about datasets need from outside. */
export interface DatasetDependencies {
  readonly database: WritableDatabase
  readonly uploadsFolder: string
  readonly now: () => Date
  readonly emit: <N extends EventName<WorkbenchContract>>(name: N, value: EventValue<WorkbenchContract, N>) => void
}

/** The `datasets` calls of the contract. */
export function datasetHandlers({ database, uploadsFolder, now, emit }: DatasetDependencies): WorkbenchHandlers['datasets'] {
  const changed = (id: number) => emit('datasets.changed', readDatasetSummary(database, id))
  return {
    list: () => listDatasets(database),
    get: ({ id }) => readDatasetDetail(database, id),
    inspect: ({ sources }) => inspectSources(sources, uploadsFolder),
    import: async (request, { signal, progress }) => {
      const id = await importDataset(request, { database, uploadsFolder, now, signal, progress: seldom(progress) })
      changed(id)
      return readDatasetDetail(database, id)
    },
    simulate: async (request, { signal, progress }) => {
      const id = await simulateDataset(request, { database, uploadsFolder, now, signal, progress: seldom(progress) })
      changed(id)
      return readDatasetDetail(database, id)
    },
    rename: ({ id, name }) => {
      renameDataset(database, id, name)
      changed(id)
      return readDatasetSummary(database, id)
    },
    elements: ({ id, ...page }) => readElements(database, id, page),
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

const BETWEEN_REPORTS_MILLISECONDS = 50

/** Passes on the first report of each stage, and of the others so many as a person can see. */
function seldom<P extends { readonly stage: string }>(progress: (value: P) => void): (value: P) => void {
  let stage: string | undefined
  let last = 0
  return (value) => {
    const now = performance.now()
    if (value.stage === stage && now - last < BETWEEN_REPORTS_MILLISECONDS) return
    stage = value.stage
    last = now
    progress(value)
  }
}
