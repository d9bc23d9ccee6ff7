import type { Part } from '../../shared/domain/split.ts'
import { shareOfGc } from '../../shared/dna/gc.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import { hasSequences } from '../../shared/domain/dataset.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readDatasetSummary } from '../db/datasets.ts'
import { findModelData, readBareElements, trainingActivities } from './modelData.ts'
import { FourMers } from './fourMers.ts'
import type { ScanModels } from './scanModels.ts'
import { SeenIndex } from './seen/seenIndex.ts'

/** What a scan's sequences are compared with: the data that its first model learned from. */
export interface TrainingReference {
  /** Between which shares of G and C all but one in a hundred of them lie. */
  readonly gc: { readonly low: number; readonly high: number }
  /** Bases of the shortest and the longest of them, adapters off. */
  readonly lengths: { readonly shortest: number; readonly longest: number }
  readonly names: readonly string[]
  /** What follows is made when it is first asked for: while sequences are scored, nobody does. */
  readonly fourMers: () => FourMers
  /** Distances of the training sequences from their own 4-mers, in ascending order. */
  readonly distances: () => Float32Array
  readonly seen: () => SeenIndex
}

const TRAIN: Part = 'train'
const OUTSIDE = 0.005

/** What is known of the data of a model, a scan's first; null where they are not in the workspace. */
export function readTrainingReference(database: ReadableDatabase, model: ScorerReference): TrainingReference | null {
  const data = findModelData(database, model)
  if (!data || !hasSequences(readDatasetSummary(database, data.dataset))) return null
  const { names, elements } = readBareElements(database, data.dataset)
  const training = elements.filter((_, element) => data.assignment[element] === partCodes[TRAIN])
  if (training.length === 0) return null
  const ascending = (values: readonly number[]) => Float32Array.from(values.filter((value) => !Number.isNaN(value))).sort()
  const gc = ascending(training.map(shareOfGc))
  const lengths = training.map(({ length }) => length)
  const fourMers = once(() => new FourMers(training))
  return {
    gc: { low: gc[Math.floor(OUTSIDE * gc.length)] ?? 0, high: gc[Math.ceil((1 - OUTSIDE) * gc.length) - 1] ?? 1 },
    lengths: { shortest: lengths.reduce((a, b) => Math.min(a, b)), longest: lengths.reduce((a, b) => Math.max(a, b)) },
    names,
    fourMers,
    distances: once(() => ascending(training.map((codes) => fourMers().distance(codes)))),
    seen: once(() => new SeenIndex(elements, data.assignment)),
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

const partCodes: Readonly<Record<Part, number>> = { train: 0, validation: 1, test: 2 }

/** The training part's activities that the scores of each column are compared with, in ascending order; null where they are not known. */
export function readTrainingActivities(
  database: ReadableDatabase,
  { scorers, target }: Pick<ScanModels, 'scorers' | 'target'>,
): (Float32Array | null)[] {
  return scorers.flatMap(({ reference, cellTypes }) => {
    const data = findModelData(database, reference)
    return data ? trainingActivities(database, data, target, cellTypes) : cellTypes.map(() => null)
  })
}
