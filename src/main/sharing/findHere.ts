import { createHash } from 'node:crypto'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readAllElements, readCellTypes } from '../db/datasets.ts'
import { readBinnedRuns, readRuns } from '../db/runs.ts'
import { readAssignment } from '../db/splits.ts'
import { findDatasetsByFingerprint } from '../db/takenRuns.ts'
import { digestTensors } from '../experiments/digestTensors.ts'
import { fingerprintSplit } from '../experiments/describeModel.ts'
import { loadModelFile } from '../experiments/loadModel.ts'
import type { Manifest } from './manifest.ts'

/** What of a shared file is in the workspace already: ids, or null where it is not. */
export interface Here {
  readonly dataset: number | null
  /** In the order of the manifest's runs. */
  readonly runs: readonly (number | null)[]
}

/**
 * Finds the dataset with the same content, and of its runs those with the same weights and configuration. Of several that are
 * alike (a run and its reproduction) each stands for one.
 *
 * @param names of the shared elements, in their order
 * @param assignments of the shared splits
 */
export async function findHere(
  database: ReadableDatabase,
  checkpoints: string,
  manifest: Manifest,
  names: readonly string[],
  assignments: readonly Uint8Array[],
): Promise<Here> {
  const dataset =
    findDatasetsByFingerprint(database, manifest.dataset.fingerprint).find((id) => isInSameOrder(database, id, manifest, names)) ?? null
  if (dataset === null) return { dataset, runs: manifest.runs.map(() => null) }

  const splitOf = assignments.map(fingerprintSplit)
  const wanted = new Set(manifest.runs.map(configurationOf))
  const there = [...readRuns(database, dataset), ...readBinnedRuns(database, dataset)]
    .filter((run) => run.state === 'completed' && wanted.has(configurationOf(run)))
    .sort((a, b) => a.id - b.id)
  const known = new Map<string, number[]>()
  const fingerprints = new Map<number, string>()
  for (const run of there) {
    const weights = await weightsOf(database, checkpoints, run.id)
    if (weights === null) continue
    if (!fingerprints.has(run.split)) fingerprints.set(run.split, fingerprintSplit(readAssignment(database, run.split)))
    const key = identity(configurationOf(run), fingerprints.get(run.split)!, weights)
    known.set(key, [...(known.get(key) ?? []), run.id])
  }
  const runs = manifest.runs.map((run) => {
    const key = identity(configurationOf(run), splitOf[manifest.experiments[run.experiment]!.split]!, run.weightsSha256)
    return known.get(key)?.shift() ?? null
  })
  return { dataset, runs }
}

/** A fingerprint does not depend on the order of elements and cell types; predictions and splits do. */
function isInSameOrder(database: ReadableDatabase, dataset: number, { dataset: shared }: Manifest, names: readonly string[]): boolean {
  const cellTypes = readCellTypes(database, dataset)
  if (cellTypes.length !== shared.cellTypes.length || cellTypes.some(({ name }, c) => name !== shared.cellTypes[c]!.name)) return false
  const here = readAllElements(database, dataset).names
  return here.length === names.length && here.every((name, i) => name === names[i])
}

function configurationOf({ variant, seed, recipe }: { readonly variant: string; readonly seed: number; readonly recipe: Recipe }): string {
  return JSON.stringify([variant, seed, Object.entries(recipe).sort(([a], [b]) => (a < b ? -1 : 1))])
}

function identity(configuration: string, split: string, weights: string): string {
  return createHash('sha256')
    .update(JSON.stringify([configuration, split, weights]))
    .digest('hex')
}

/** Null where the model is damaged, so that the run is nobody's equal. */
async function weightsOf(database: ReadableDatabase, checkpoints: string, run: number): Promise<string | null> {
  try {
    return digestTensors((await loadModelFile(database, checkpoints, run)).file.tensors)
  } catch (fault) {
    if (fault instanceof WorkbenchError) return null
    throw fault
  }
}
