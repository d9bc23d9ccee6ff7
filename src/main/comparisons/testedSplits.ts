import { createHash } from 'node:crypto'
import type { Target } from '../../shared/domain/recipe.ts'
import type { Split } from '../../shared/domain/split.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readActivities } from '../db/datasets.ts'
import { readAssignment, readSplit } from '../db/splits.ts'
import { partsOfSplit } from '../experiments/partsOfSplit.ts'
import { byElement, targetsOf } from '../experiments/trainingJob.ts'

/** A split as a comparison sees it. */
export interface TestedSplit {
  readonly split: Split
  /** Elements of the test part, in the dataset's order. */
  readonly test: Int32Array
  /** The same for splits with the same test part. */
  readonly testKey: string
  /** The same for splits with the same training part, which is what specificity is measured by. */
  readonly trainKey: string
  /** What a run of this split is measured against: [elements of the dataset, cell types], NaN where there is nothing. */
  readonly targets: (target: Target) => Float32Array
}

/** The splits of a dataset, each read once. @throws WorkbenchError `not-found` */
export function testedSplits(database: ReadableDatabase, dataset: number): (split: number) => TestedSplit {
  let activities: Float32Array[] | undefined
  return remembered((id: number) => {
    const { train, test } = partsOfSplit(readAssignment(database, id))
    return {
      split: readSplit(database, id),
      test,
      testKey: keyOf(test),
      trainKey: keyOf(train),
      targets: remembered((target: Target) =>
        byElement(targetsOf((activities ??= readActivities(database, dataset)), train, target).targets),
      ),
    }
  })
}

/** The same for the same elements. */
export function keyOf(elements: Int32Array): string {
  return createHash('sha256').update(elements).digest('hex').slice(0, 12)
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}
