import type { ScorerReference } from '../../shared/domain/model.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import { codesOf } from '../../shared/dna/bases.ts'
import { cutBothAdapters } from '../../shared/dna/fitBases.ts'
import type { Vector } from '../../shared/stats/correlation.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { listDatasets, readActivities, readAllElements, readCellTypes, readDataset } from '../db/datasets.ts'
import { readEnsemble } from '../db/ensembles.ts'
import { readModel } from '../db/models.ts'
import { readRun } from '../db/runs.ts'
import { readAssignment, readSplits } from '../db/splits.ts'
import { fingerprintSplit } from '../experiments/describeModel.ts'
import { partsOfSplit } from '../experiments/partsOfSplit.ts'
import { targetsOf } from '../experiments/trainingJob.ts'

/** What a model learned from, as far as the workspace holds it. */
export interface ModelData {
  readonly dataset: number
  /** Index in `parts` of each element: the most used of an ensemble's, so that what one member trained on counts as trained on. */
  readonly assignment: Uint8Array
}

/** The data of a model; null where they are not in the workspace, as may be for a model that came as a file. */
export function findModelData(database: ReadableDatabase, of: ScorerReference): ModelData | null {
  if ('model' in of) {
    const { dataset, split } = readModel(database, of.model).description
    const binned = [false, true]
    for (const { id, fingerprint } of binned.flatMap((which) => listDatasets(database, which))) {
      if (fingerprint !== dataset.fingerprint) continue
      for (const known of readSplits(database, id)) {
        const assignment = readAssignment(database, known.id)
        if (fingerprintSplit(assignment) === split.fingerprint) return { dataset: id, assignment }
      }
    }
    return null
  }
  const runs = ('run' in of ? [of.run] : readEnsemble(database, of.ensemble).runs).map((run) => readRun(database, run))
  const [first, ...others] = [...new Set(runs.map(({ split }) => split))].map((split) => readAssignment(database, split))
  return { dataset: runs[0]!.dataset, assignment: first!.map((part, element) => Math.min(part, ...others.map((other) => other[element]!))) }
}

/** Base codes of the elements of a dataset, adapters off. */
export function readBareElements(
  database: ReadableDatabase,
  dataset: number,
): { readonly names: readonly string[]; readonly elements: Uint8Array[] } {
  const { adapters } = readDataset(database, dataset)
  const [prefix, suffix] = [codesOf(adapters.prefix), codesOf(adapters.suffix)]
  const { names, sequences } = readAllElements(database, dataset)
  return { names, elements: sequences.map((sequence) => cutBothAdapters(codesOf(sequence), prefix, suffix)) }
}

/** What is measured of the training part in a target, in ascending order, a vector for each cell type that is named; null for one that the dataset lacks. */
export function trainingActivities(
  database: ReadableDatabase,
  { dataset, assignment }: ModelData,
  target: Target,
  cellTypes: readonly string[],
): (Float32Array | null)[] {
  const { train } = partsOfSplit(assignment)
  const { targets } = targetsOf(readActivities(database, dataset), train, target)
  const names = readCellTypes(database, dataset).map(({ name }) => name)
  return cellTypes.map((cellType) => {
    const values: Vector | undefined = targets[names.indexOf(cellType)]
    return values
      ? Float32Array.from(train, (element) => values[element]!)
          .filter((value) => !Number.isNaN(value))
          .sort()
      : null
  })
}
