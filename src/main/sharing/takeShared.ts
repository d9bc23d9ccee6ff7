import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Core } from '../core.ts'
import type { Breathe } from '../datasets/breathe.ts'
import type { StoredCheckpoint } from '../db/checkpoints.ts'
import { binDataset } from '../db/datasetShelf.ts'
import { binRuns } from '../db/runShelf.ts'
import { storeInTurns, type WholeDataset } from '../db/storeInTurns.ts'
import {
  findSameSplit,
  freeDatasetName,
  insertTakenExperiment,
  insertTakenRun,
  insertTakenSplit,
  saveReproduces,
  saveTakenAnnotation,
  type TakenRun,
} from '../db/takenRuns.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { writeWhole } from '../files/writeWhole.ts'
import { findHere, type Here } from './findHere.ts'
import type { Manifest } from './manifest.ts'
import { withShared } from './openShared.ts'
import { readSharedAssignment, readSharedDataset, readSharedRun, type ReadDataset } from './readShared.ts'

export interface Taking {
  readonly breathe: Breathe
  readonly progress: (done: number, total: number) => void
}

/** What came of it: the dataset, and the runs in the order of the file's. */
export interface Taken {
  readonly dataset: number
  readonly runs: readonly number[]
}

/**
 * Takes a file of shared runs into the workspace. The models' files are written first, under names that the next opening
 * clears away where nothing refers to them; then everything else in one transaction, so that a failure or a crash at any
 * moment leaves the workspace as it was. What is here already stays as it is, but comes out of the bin.
 *
 * @throws WorkbenchError as {@link withShared} does
 */
export async function takeShared({ database, folders }: Core, source: Source, { breathe, progress }: Taking): Promise<Taken> {
  return withShared(source, folders.uploads, breathe, async (opened) => {
    const { manifest } = opened
    const dataset = await readSharedDataset(opened, breathe)
    const assignments: Uint8Array[] = []
    for (const i of manifest.splits.keys()) assignments.push(await readSharedAssignment(opened, i))
    const names = dataset.elements.map(({ name }) => name)
    const here = await findHere(database, folders.checkpoints, manifest, names, assignments)
    const files: string[] = []
    try {
      await mkdir(folders.checkpoints, { recursive: true })
      const runs: { readonly place: number; readonly run: TakenRun; readonly reproduces: number | null }[] = []
      for (const place of manifest.runs.keys()) {
        progress(place, manifest.runs.length)
        await breathe()
        const { model, reproduces, epochOfWeights, ...run } = await readSharedRun(opened, place, assignments)
        if (here.runs[place] !== null) continue
        const stored = await writeModel(folders.checkpoints, model, epochOfWeights)
        files.push(stored.file)
        runs.push({ place, run: { ...run, stored }, reproduces })
      }
      progress(manifest.runs.length, manifest.runs.length)
      await breathe()
      const ids = [...here.runs]
      const insert = (id: number): void => {
        const splits = manifest.splits.map((split, i) => {
          const taken = { ...split, assignment: assignments[i]! }
          // Only where a run needs it: what is here already has its own.
          const isNeeded = runs.some(({ place }) => manifest.experiments[manifest.runs[place]!.experiment]!.split === i)
          return isNeeded ? (findSameSplit(database, id, taken) ?? insertTakenSplit(database, id, taken)) : null
        })
        const experiments = new Map<number, number>()
        for (const { place, run } of runs) {
          const of = manifest.runs[place]!.experiment
          const { split, createdAt } = manifest.experiments[of]!
          const experiment = experiments.get(of) ?? insertTakenExperiment(database, id, splits[split]!, createdAt)
          experiments.set(of, experiment)
          ids[place] = insertTakenRun(database, experiment, run)
        }
        for (const { place, reproduces } of runs) if (reproduces !== null) saveReproduces(database, ids[place]!, ids[reproduces]!)
      }
      const id = await store(here, manifest, dataset, insert)
      return { dataset: id, runs: ids.map((run) => run!) }
    } catch (fault) {
      await Promise.all(files.map((file) => rm(join(folders.checkpoints, file), { force: true })))
      throw fault
    }
  })

  async function store(here: Here, manifest: Manifest, read: ReadDataset, insert: (dataset: number) => void): Promise<number> {
    if (here.dataset !== null) {
      const known = here.dataset
      database.transaction(() => {
        insert(known)
        binDataset(database, known, null)
        binRuns(
          database,
          here.runs.filter((run) => run !== null),
          null,
        )
      })
      return known
    }
    const { createdAt, simulated, fingerprint, minimumBarcodes, adapters, report, origin, notes, tags } = manifest.dataset
    const name = freeDatasetName(database, manifest.dataset.name)
    const whole: WholeDataset = { ...read, name, createdAt, simulated, fingerprint, minimumBarcodes, adapters, report, origin }
    return storeInTurns(database, folders.uploads, whole, breathe, (id) => {
      saveTakenAnnotation(database, id, notes, tags)
      insert(id)
    })
  }
}

/** Under a name that {@link sweepCheckpointFiles} knows. */
async function writeModel(folder: string, bytes: Uint8Array, epoch: number): Promise<StoredCheckpoint> {
  const file = `taken-${randomUUID()}.safetensors`
  try {
    await writeWhole(join(folder, file), bytes)
  } catch (fault) {
    throw new WorkbenchError('unavailable', `The shared models cannot be written: ${reasonOf(fault)}. Nothing was changed.`, {
      hint: 'Free some space on the disk of the workspace and try again.',
    })
  }
  return { epoch, file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength }
}
