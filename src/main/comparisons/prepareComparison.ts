import type { ComparisonSelection } from '../../shared/domain/comparison.ts'
import { keepsAll } from '../../shared/domain/elementFilter.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Comparison } from '../../shared/domain/comparison.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import { noiseCeiling } from '../../shared/stats/noiseCeiling.ts'
import type { ContentCache } from '../datasets/explore/contentCache.ts'
import { matchElements } from '../datasets/explore/matchElements.ts'
import { readGroups } from '../db/comparedElements.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readDatasetSummary } from '../db/datasets.ts'
import { readAssignment } from '../db/splits.ts'
import { chooseContestants, type ChosenContestants } from './chooseContestants.ts'
import type { ContestedLine } from './linesOfSet.ts'
import { gatherMeasured, gatherPredictions } from './gatherRows.ts'

/** Below so many elements a ceiling made from them alone says too little. */
const FEWEST_FOR_CEILING = 30

/** Where the core's comparisons find what they need. */
export interface ComparisonSources {
  readonly database: ReadableDatabase
  readonly contents: ContentCache
}

/** A comparison with all that its numbers are made from. Rows are elements × cell types, in this order. */
export interface PreparedComparison extends ChosenContestants {
  readonly dataset: number
  readonly datasetName: string
  readonly cellTypes: readonly string[]
  readonly ceilings: Comparison['ceilings']
  readonly target: Target
  /** Compared elements, in the dataset's order. */
  readonly positions: Int32Array
  /** Whether these are just the elements that each of the lines' runs was tested on. */
  readonly whole: boolean
  /** Of each compared element, numbered from 0. */
  readonly groups: Int32Array
  readonly groupCount: number
  /** [compared elements, cell types] in units of the target, NaN where there is nothing. */
  readonly measured: Float32Array
  /** The predictions of each member of a line, in the same order. Read when asked for. */
  readonly predictionsOf: (line: ContestedLine) => Float32Array[]
}

/**
 * Reads what is compared: the set that is asked for, reduced to the elements that the filter keeps.
 *
 * @throws WorkbenchError `not-found` for a dataset, run, ensemble or set that is not there; `invalid-input` where the filter names
 *   what the dataset does not have
 */
export function prepareComparison({ database, contents }: ComparisonSources, selection: ComparisonSelection): PreparedComparison {
  const { dataset, filter } = selection
  const { name: datasetName, cellTypes: described } = readDatasetSummary(database, dataset)
  const chosen = chooseContestants(database, selection, described.length)
  const { set } = chosen
  const kept = keepsAll(filter) ? null : matchElements(contents.get(dataset), filter, (split) => readAssignment(database, split))
  const positions = inBoth(set?.positions ?? new Int32Array(0), kept)
  const { groups, groupCount } = numberGroups(positions.length > 0 ? readGroups(database, dataset) : new Int32Array(0), positions)
  const target = set?.target ?? 'log2'
  const width = described.length
  return {
    ...chosen,
    dataset,
    datasetName,
    cellTypes: described.map(({ name }) => name),
    ceilings:
      target !== 'log2'
        ? described.map(() => null)
        : kept === null
          ? described.map(({ ceiling }) => ceiling)
          : ceilingsAmong(contents, dataset, positions),
    target,
    positions,
    whole: kept === null && set?.kind === 'test',
    groups,
    groupCount,
    measured: set ? gatherMeasured(set, positions, chosen.splitOf, width) : new Float32Array(0),
    predictionsOf: (line) => line.contestants.map((one) => gatherPredictions(database, one, positions, chosen.splitOf, width)),
  }
}

/** The line of a key. @throws WorkbenchError `not-found` */
export function lineOf({ lines }: PreparedComparison, key: string): ContestedLine {
  const line = lines.find((one) => one.key === key)
  if (!line) throw new WorkbenchError('not-found', 'That model is not in the comparison any more.', { hint: 'Choose one from the matrix.' })
  return line
}

function inBoth(positions: Int32Array, kept: Int32Array | null): Int32Array {
  if (kept === null) return positions
  const wanted = new Set(kept)
  return positions.filter((position) => wanted.has(position))
}

function numberGroups(ofDataset: Int32Array, positions: Int32Array): { readonly groups: Int32Array; readonly groupCount: number } {
  const numbers = new Map<number, number>()
  const groups = positions.map((position) => {
    const group = ofDataset[position]!
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    return number
  })
  return { groups, groupCount: numbers.size }
}

/** Of a part of the elements the replicates agree otherwise than over all: what a model can reach is told among these alone. */
function ceilingsAmong(contents: ContentCache, dataset: number, positions: Int32Array): (number | null)[] {
  return contents
    .get(dataset)
    .cellTypes.map(({ counted }) =>
      positions.length < FEWEST_FOR_CEILING
        ? null
        : noiseCeiling(counted.map((values) => Float32Array.from(positions, (position) => values[position]!))).ceiling,
    )
}
