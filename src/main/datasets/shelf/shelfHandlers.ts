import type { WorkbenchHandlers } from '../../../shared/contract/workbench.ts'
import type { Core } from '../../core.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { annotateDataset, binDataset, purgeDataset, readDependents, readOrigin } from '../../db/datasetShelf.ts'
import { listDamagedDatasets, listDatasets, readDatasetSummary, renameDataset } from '../../db/datasets.ts'
import { writeZip } from '../../files/writeZip.ts'
import { breather } from '../breathe.ts'
import type { ContentCache } from '../explore/contentCache.ts'
import { combineDatasets, reviewCombination } from './combineDatasets.ts'
import { exportDataset } from './exportDataset.ts'
import { safeStem } from './safeStem.ts'
import { makeSubset } from './makeSubset.ts'

/** What they need from outside. */
export interface ShelfDependencies extends Pick<Core, 'database' | 'emit'> {
  readonly now: () => Date
}

type Datasets = WorkbenchHandlers['datasets']
type ShelfReaders = Pick<Datasets, 'list' | 'damaged' | 'origin' | 'dependents' | 'export' | 'reviewCombination'>
type ShelfHandlers = ShelfReaders & Pick<Datasets, 'rename' | 'annotate' | 'bin' | 'restore' | 'purge' | 'combine' | 'subset'>

/** The calls about the shelf of datasets that change nothing. */
export function shelfReaders(database: ReadableDatabase, cache: ContentCache, now: () => Date): ShelfReaders {
  return {
    list: ({ binned }) => listDatasets(database, binned),
    damaged: () => listDamagedDatasets(database),
    origin: ({ id }) => readOrigin(database, id),
    dependents: ({ id }) => readDependents(database, id),
    export: async ({ id, as }, { signal, progress }) => {
      const files = await exportDataset(database, id, breather(signal), progress)
      if (as === 'files') return { files }
      const fileName = `${safeStem(readDatasetSummary(database, id).name)}.zip`
      return { files: [{ fileName, bytes: await writeZip(files, now()) }] }
    },
    reviewCombination: (combination, { signal }) => reviewCombination(database, cache, combination, breather(signal)),
  }
}

/** The calls about the shelf of datasets. */
export function shelfHandlers({ database, now, emit }: ShelfDependencies, cache: ContentCache): ShelfHandlers {
  const changed = (id: number) => {
    const summary = readDatasetSummary(database, id)
    emit('datasets.changed', summary)
    return summary
  }
  const isDamaged = (id: number) => listDamagedDatasets(database).some((damaged) => damaged.id === id)
  const move = (id: number, at: string | null) => {
    binDataset(database, id, at)
    // A damaged one cannot be told in brief; whoever moved it asks for the list again.
    if (!isDamaged(id)) changed(id)
    return {}
  }
  const work = { database, cache, now }
  return {
    ...shelfReaders(database, cache, now),
    rename: ({ id, name }) => {
      renameDataset(database, id, name)
      return changed(id)
    },
    annotate: ({ id, ...annotation }) => {
      annotateDataset(database, id, annotation)
      return changed(id)
    },
    bin: ({ id }) => move(id, now().toISOString()),
    restore: ({ id }) => move(id, null),
    purge: ({ id }) => {
      const bytes = purgeDataset(database, id)
      emit('datasets.removed', { id })
      return { bytes }
    },
    combine: async (request, { signal, progress }) => changed(await combineDatasets(work, request, breather(signal), progress)),
    subset: async (request, { signal, progress }) => {
      progress({ stage: 'Taking the elements', done: 0, total: null })
      return changed(await makeSubset(work, request, breather(signal)))
    },
  }
}
