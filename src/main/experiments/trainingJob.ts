import type { Checkpoint, TrainingJob } from '../../shared/contract/engine.ts'
import { codesOf } from '../../shared/dna/bases.ts'
import { cutBothAdapters, fitBases, type Frame } from '../../shared/dna/fitBases.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readActivities, readAllElements, readCellTypes, readDataset } from '../db/datasets.ts'
import { readAssignment } from '../db/splits.ts'
import { partsOfSplit } from './partsOfSplit.ts'

export interface PreparedTraining {
  readonly job: TrainingJob
  readonly frame: Frame
  readonly cellTypes: string[]
}

/**
 * All that the engine needs to train a run, from the dataset, the split and the recipe. The model's length is that of the
 * dataset's longest sequence, less its adapters where the recipe cuts them; shorter sequences are fitted to it by
 * {@link fitBases}, as they are when scored.
 */
export function prepareTraining(database: ReadableDatabase, run: Run, resume: Checkpoint | null): PreparedTraining {
  const { adapters } = readDataset(database, run.dataset)
  const { sequences } = readAllElements(database, run.dataset)
  const cellTypes = readCellTypes(database, run.dataset).map(({ name }) => name)
  const prefix = codesOf(adapters.prefix)
  const suffix = codesOf(adapters.suffix)
  const all = sequences.map(codesOf)
  let length = 1
  for (const codes of all)
    length = Math.max(length, (run.recipe.adapters === 'cut' ? cutBothAdapters(codes, prefix, suffix) : codes).length)
  const frame: Frame = { length, adapters: run.recipe.adapters, prefix, suffix }
  const bases = new Uint8Array(all.length * length)
  all.forEach((codes, element) => bases.set(fitBases(codes, frame).codes, element * length))
  const activities = byElement(readActivities(database, run.dataset))
  const { train, validation, test } = partsOfSplit(readAssignment(database, run.split))
  return {
    job: {
      variant: run.variant,
      recipe: run.recipe,
      seed: run.seed,
      length,
      cellTypes: cellTypes.length,
      bases,
      activities,
      train,
      validation,
      test,
      resume,
    },
    frame,
    cellTypes,
  }
}

/** Vectors of one value an element as one matrix: [elements, vectors]. */
function byElement(vectors: readonly Float32Array[]): Float32Array {
  const matrix = new Float32Array(vectors.length * (vectors[0]?.length ?? 0))
  vectors.forEach((vector, v) => vector.forEach((value, element) => (matrix[element * vectors.length + v] = value)))
  return matrix
}
