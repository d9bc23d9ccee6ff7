import type { Checkpoint, TrainingJob } from '../../shared/contract/engine.ts'
import { codesOf } from '../../shared/dna/bases.ts'
import { cutBothAdapters, fitBases, type Frame } from '../../shared/dna/fitBases.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ModelDescription } from '../../shared/domain/model.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { Vector } from '../../shared/stats/correlation.ts'
import { activityStatistics, specificityScores } from '../../shared/stats/specificity.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readActivities, readAllElements, readCellTypes, readDataset } from '../db/datasets.ts'
import { readAssignment } from '../db/splits.ts'
import { partsOfSplit } from './partsOfSplit.ts'

export interface PreparedTraining {
  readonly job: TrainingJob
  readonly frame: Frame
  readonly cellTypes: string[]
  /** Of the training part; they travel with the model. */
  readonly targetStatistics: ModelDescription['target']['statistics']
}

/**
 * All that the engine needs to train a run, from the dataset, the split and the recipe, whose target the activities become.
 * The model's length is that of the dataset's longest sequence, less its adapters where the recipe cuts them; shorter
 * sequences are fitted to it by {@link fitBases}, as they are when scored.
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
  const { train, validation, test } = partsOfSplit(readAssignment(database, run.split))
  const { targets, targetStatistics } = targetsOf(readActivities(database, run.dataset), train, run.recipe.target)
  return {
    job: {
      variant: run.variant,
      recipe: run.recipe,
      seed: run.seed,
      length,
      cellTypes: cellTypes.length,
      bases,
      activities: byElement(targets),
      train,
      validation,
      test,
      resume,
    },
    frame,
    cellTypes,
    targetStatistics,
  }
}

/**
 * What a run learns and is measured against, a vector a cell type, NaN where there is nothing: all that comes of a run is in
 * these units. The statistics are of the training part alone.
 *
 * @throws WorkbenchError `invalid-input` where the target is not defined for the training part
 */
export function targetsOf(
  log2: readonly Float32Array[],
  train: Int32Array,
  target: Target,
): { readonly targets: readonly Vector[] } & Pick<PreparedTraining, 'targetStatistics'> {
  if (target === 'log2') return { targets: log2, targetStatistics: null }
  const hint = 'Choose activity, log2(RNA/DNA), as the target.'
  const targetStatistics = log2.map((activities) => activityStatistics(activities, train))
  if (!targetStatistics.every(({ sd }) => sd > 0)) {
    const problem = 'In one of the cell types the training part has no two different activities, so specificity is not defined.'
    throw new WorkbenchError('invalid-input', problem, { hint })
  }
  const targets = specificityScores(log2, targetStatistics)
  if (!train.some((element) => targets.some((scores) => !Number.isNaN(scores[element])))) {
    const problem = 'No element of the training part was measured in two cell types, so there is no specificity to learn.'
    throw new WorkbenchError('invalid-input', problem, { hint })
  }
  return { targets, targetStatistics }
}

/** Vectors of one value an element as one matrix: [elements, vectors]. */
export function byElement(vectors: readonly Vector[]): Float32Array {
  const matrix = new Float32Array(vectors.length * (vectors[0]?.length ?? 0))
  vectors.forEach((vector, v) => vector.forEach((value, element) => (matrix[element * vectors.length + v] = value)))
  return matrix
}
