import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { Core, WorkspaceFolders } from '../core.ts'
import { breather } from '../datasets/breathe.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readDatasetSummary } from '../db/datasets.ts'
import { readRun } from '../db/runs.ts'
import { findHere } from './findHere.ts'
import { withShared } from './openShared.ts'
import { readSharedAssignment, readSharedDataset, readSharedRun } from './readShared.ts'
import { takeShared } from './takeShared.ts'
import { writeShared } from './writeShared.ts'

type Sharing = Pick<WorkbenchHandlers['experiments'], 'share' | 'inspectShared' | 'takeShared'>

/** The calls about shared runs that change nothing. */
export function sharingReaders(database: ReadableDatabase, folders: WorkspaceFolders): Omit<Sharing, 'takeShared'> {
  return {
    share: ({ ids, sequences }, { signal, progress }) =>
      writeShared(
        database,
        folders,
        { runs: ids, sequences },
        { breathe: breather(signal), progress: (done, total) => progress({ stage: 'Collecting runs', done, total }) },
      ),
    // Reads all that taking it in would read, a member at a time, so that whatever would be refused then is refused now.
    inspectShared: ({ source }, { signal }) => {
      const breathe = breather(signal)
      return withShared(source, folders.uploads, breathe, async (opened) => {
        const { manifest, file, bytes } = opened
        const names = (await readSharedDataset(opened, breathe)).elements.map(({ name }) => name)
        const assignments: Uint8Array[] = []
        for (const i of manifest.splits.keys()) assignments.push(await readSharedAssignment(opened, i))
        for (const i of manifest.runs.keys()) await readSharedRun(opened, i, assignments)
        const here = await findHere(database, folders.checkpoints, manifest, names, assignments)
        const { name, fingerprint, elements, cellTypes, sequences } = manifest.dataset
        return {
          file,
          bytes,
          dataset: { name, fingerprint, elements, cellTypes: cellTypes.map((cellType) => cellType.name), sequences, here: here.dataset },
          splits: manifest.splits.map((split) => split.name),
          runs: manifest.runs.map(({ variant, seed, testPearson }, i) => ({ variant, seed, testPearson, here: here.runs[i]! })),
        }
      })
    },
  }
}

/** The calls about shared runs, on a workspace that can be written to. */
export function sharingHandlers(core: Core): Sharing {
  const { database, folders, emit } = core
  return {
    ...sharingReaders(database, folders),
    takeShared: async ({ source }, { signal, progress }) => {
      const { dataset, runs } = await takeShared(core, source, {
        breathe: breather(signal),
        progress: (done, total) => progress({ stage: done < total ? 'Reading runs' : 'Saving', done, total }),
      })
      emit('datasets.changed', readDatasetSummary(database, dataset))
      const taken = runs.map((id) => readRun(database, id))
      for (const run of taken) emit('runs.changed', run)
      return taken
    },
  }
}
