import { createHash } from 'node:crypto'
import { decodeBases } from '../../shared/dna/bases.ts'
import type { ModelDescription } from '../../shared/domain/model.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readDatasetSummary } from '../db/datasets.ts'
import { readRunDetail } from '../db/runs.ts'
import { readAssignment, readSplit } from '../db/splits.ts'
import type { SavedModel } from './savedModel.ts'

/** What of a description changes while a run trains. */
export type Standing = Pick<ModelDescription, 'epochs' | 'epochOfWeights' | 'trainedAt' | 'testPearson'>

export interface Described extends Pick<SavedModel, 'frame' | 'cellTypes'> {
  readonly targetStatistics: ModelDescription['target']['statistics']
}

/** All that is to be known of the model of a run that has been started. */
export function describeModel(
  database: ReadableDatabase,
  id: number,
  { frame, cellTypes, targetStatistics }: Described,
  standing: Standing,
): ModelDescription {
  const { variant, recipe, seed, engine, versions, provenance, ...run } = readRunDetail(database, id)
  const { name, fingerprint, elements, rows, simulated } = readDatasetSummary(database, run.dataset)
  const split = readSplit(database, run.split)
  return {
    variant,
    length: frame.length,
    cellTypes: [...cellTypes],
    ambiguousBases: recipe.ambiguousBases,
    strands: recipe.strands,
    adapters: { treatment: frame.adapters, prefix: decodeBases(frame.prefix), suffix: decodeBases(frame.suffix) },
    target: { kind: recipe.target, statistics: targetStatistics },
    recipe,
    seed,
    epochs: standing.epochs,
    epochOfWeights: standing.epochOfWeights,
    dataset: { name, fingerprint, elements, rows, simulated },
    split: {
      name: split.name,
      kind: split.kind,
      seed: split.seed,
      settings: split.settings,
      fingerprint: provenance?.splitFingerprint ?? fingerprintSplit(readAssignment(database, run.split)),
      sizes: split.sizes,
    },
    engine,
    versions,
    machine: provenance?.machine ?? null,
    earlier: provenance?.earlier ?? [],
    notes: provenance?.notes ?? [],
    trainedAt: standing.trainedAt,
    testPearson: standing.testPearson,
  }
}

/** SHA-256, in hex, of which element is in which part. @param assignment index in `parts` of each element */
export function fingerprintSplit(assignment: Uint8Array): string {
  return createHash('sha256').update(assignment).digest('hex')
}
