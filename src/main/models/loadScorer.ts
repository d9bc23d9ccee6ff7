import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readEnsemble } from '../db/ensembles.ts'
import { readModel } from '../db/models.ts'
import { readRun } from '../db/runs.ts'
import { loadModel } from '../experiments/loadModel.ts'
import type { SavedModel } from '../experiments/savedModel.ts'
import { loadAnyModel } from './loadAnyModel.ts'

/** What sequences can be scored with: a score is the mean of its members' scores, its spread their standard deviation (n − 1). */
export interface Scorer {
  readonly reference: ScorerReference
  /** Variant and dataset, or its name, in words. */
  readonly name: string
  readonly target: Target
  /** Names of the last axis of every member's scores. */
  readonly cellTypes: readonly string[]
  /** Bases that every member reads. */
  readonly length: number
  /** One, but for an ensemble. All of them read the same frame: a sequence is fitted once for all. */
  readonly members: readonly SavedModel[]
}

/**
 * The model of a completed run, an imported one, or the members of an ensemble, ready to score.
 *
 * @throws WorkbenchError as {@link loadAnyModel} does; `not-found` for an ensemble that is not there, `conflict` for one in the bin
 */
export async function loadScorer(database: ReadableDatabase, checkpointsFolder: string, reference: ScorerReference): Promise<Scorer> {
  if ('ensemble' in reference) {
    const { name, removedAt, runs, target } = readEnsemble(database, reference.ensemble)
    if (removedAt !== null) {
      throw new WorkbenchError('conflict', `The ensemble ${name} is in the bin.`, { hint: 'Bring it back, or choose another model.' })
    }
    const members = await Promise.all(runs.map((run) => loadModel(database, checkpointsFolder, run)))
    return scorer(reference, `${name}, an ensemble`, target, members)
  }
  const member = await loadAnyModel(database, checkpointsFolder, reference)
  if ('run' in reference) {
    const { variant, datasetName, recipe } = readRun(database, reference.run)
    return scorer(reference, `${variant}, trained on ${datasetName}`, recipe.target, [member])
  }
  const { name, description } = readModel(database, reference.model)
  return scorer(reference, `${name}, imported`, description.target.kind, [member])
}

function scorer(reference: ScorerReference, name: string, target: Target, members: readonly SavedModel[]): Scorer {
  const [{ cellTypes, model }] = members as [SavedModel]
  return { reference, name, target, cellTypes, length: model.length, members }
}
