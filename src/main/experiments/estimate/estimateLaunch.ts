import { statfs } from 'node:fs/promises'
import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Estimate } from '../../../shared/domain/queue.ts'
import type { Recipe } from '../../../shared/domain/recipe.ts'
import type { Run } from '../../../shared/domain/run.ts'
import { settingsKey, type Split, type SplitChoice, type SplitSettings } from '../../../shared/domain/split.ts'
import type { Variant } from '../../../shared/domain/variants.ts'
import type { Core } from '../../core.ts'
import { breather, type Breathe } from '../../datasets/breathe.ts'
import { assignParts } from '../../datasets/splits/assignParts.ts'
import { readSplitContent } from '../../datasets/splits/readSplitContent.ts'
import type { SplitContent } from '../../datasets/splits/splitContent.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readDataset, readDatasetSummary } from '../../db/datasets.ts'
import { readRun, readRunsInState } from '../../db/runs.ts'
import { findSplit, readSplit } from '../../db/splits.ts'
import { checkTrainable } from '../checkTrainable.ts'
import type { RunQueue } from '../runQueue.ts'
import { bytesOfRun } from './bytesOfRun.ts'
import { secondsOfRun, type Configuration } from './costOfTraining.ts'
import { secondsAtOnce } from './secondsAtOnce.ts'
import type { FoundRate, TrainingRates } from './trainingRates.ts'

export interface LaunchToEstimate {
  readonly dataset: number
  readonly split: SplitChoice | readonly SplitChoice[]
  readonly variants: readonly Variant[]
  readonly recipe: Recipe | readonly Recipe[]
  readonly seeds: readonly number[]
}

export interface EstimateContext {
  readonly core: Pick<Core, 'database' | 'folders'>
  readonly queue: RunQueue
  readonly rates: TrainingRates
  readonly signal: AbortSignal
  readonly progress: (value: StageProgress) => void
}

type Sizes = Split['sizes']

/**
 * What a launch would cost in time and room on the disk. Patience may end a run sooner.
 *
 * @throws WorkbenchError as a launch with the same input does
 */
export async function estimateLaunch(launch: LaunchToEstimate, context: EstimateContext): Promise<Estimate> {
  const { core, queue, rates, signal, progress } = context
  const { database } = core
  const recipes = [launch.recipe].flat()
  for (const recipe of recipes) checkTrainable(database, launch.dataset, recipe)
  const variants = [...new Set(launch.variants)]
  const seeds = new Set(launch.seeds).size
  const splits = await sizesOf(database, launch.dataset, distinct([launch.split].flat()), breather(signal))
  const summary = readDatasetSummary(database, launch.dataset)
  const cellTypes = summary.cellTypes.map(({ name }) => name)
  const runs = splits.length * recipes.length * variants.length * seeds
  const atOnce = queue.now.atOnce.runs
  const before = readRunsInState(database, ['queued', 'starting', 'running'])
  const beside = atOnce > 1 && runs + before.length > 1

  const found = new Map<string, FoundRate | null>()
  const key = (variant: Variant, recipe: Recipe) => JSON.stringify([variant, recipe])
  let canTrain = true
  let done = 0
  for (const variant of variants)
    for (const recipe of recipes) {
      progress({ stage: 'Training for a second', done: done++, total: variants.length * recipes.length })
      const configuration = configurationOf(database, launch.dataset, variant, recipe, beside)
      try {
        found.set(key(variant, recipe), canTrain ? await rates.find(launch.dataset, configuration, signal) : null)
      } catch (fault) {
        if (!(fault instanceof WorkbenchError) || fault.code === 'cancelled') throw fault
        canTrain = false
      }
    }

  const rateOf = (variant: Variant, recipe: Recipe) => found.get(key(variant, recipe)) ?? null
  const secondsOf = (variant: Variant, recipe: Recipe, sizes: Sizes) => {
    const known = rateOf(variant, recipe)
    return known && secondsOfRun(known.rate, recipe, sizes)
  }
  const known = variants.flatMap((variant) => {
    const seconds = splits.flatMap((sizes) => recipes.map((recipe) => secondsOf(variant, recipe, sizes)))
    const secondsASequence = recipes.flatMap((recipe) => rateOf(variant, recipe)?.rate.training ?? [])
    if (!seconds.every((each) => each !== null)) return []
    return [{ variant, secondsARun: meanOf(seconds), rowsPerSecond: summary.rows / summary.elements / meanOf(secondsASequence) }]
  })
  const inOrder = splits.flatMap((sizes) =>
    recipes.flatMap((recipe) => variants.flatMap((variant) => new Array<number | null>(seeds).fill(secondsOf(variant, recipe, sizes)))),
  )
  const sizesOnDisk = splits.flatMap((sizes) =>
    recipes.flatMap((recipe) => variants.map((variant) => bytesOfRun({ variant, recipe, cellTypes }, sizes))),
  )
  const disk = await statfs(core.folders.workspace)
  return {
    runs,
    seconds: inOrder.every((each) => each !== null) ? secondsAtOnce(inOrder, atOnce) : null,
    variants: known,
    secondsBefore: secondsBefore(database, context, before, atOnce),
    bytes:
      seeds * sizesOnDisk.reduce((sum, { kept }) => sum + kept, 0) +
      Math.min(runs, atOnce) * Math.max(...sizesOnDisk.map(({ underWay }) => underWay)),
    freeBytes: disk.bavail * disk.bsize,
    engine: canTrain ? rates.engine : null,
    canTrain,
    rough: [...found.values()].some((rate) => rate?.rough),
  }
}

/** Until the runs that train or wait are done; null where that is not known of one of them. */
function secondsBefore(
  database: ReadableDatabase,
  { queue, rates }: EstimateContext,
  before: readonly Run[],
  atOnce: number,
): number | null {
  const underWay = new Map(queue.underWay.map(({ id, secondsLeft }) => [id, secondsLeft]))
  const ofConfiguration = new Map<string, number | null>()
  const beside = atOnce > 1 && before.length > 1
  const secondsLeft = (id: number): number | null => {
    const told = underWay.get(id)
    if (told != null) return told
    const { dataset, split, variant, recipe, epochs } = readRun(database, id)
    const key = JSON.stringify([dataset, split, variant, recipe, epochs])
    const seen = ofConfiguration.get(key)
    if (seen !== undefined) return seen
    const known = rates.known(dataset, configurationOf(database, dataset, variant, recipe, beside))
    const seconds = known && secondsOfRun(known.rate, recipe, readSplit(database, split).sizes, recipe.epochs - epochs)
    ofConfiguration.set(key, seconds)
    return seconds
  }
  const left = [...underWay.keys(), ...queue.now.waiting.filter((id) => !underWay.has(id))].map(secondsLeft)
  return left.every((seconds) => seconds !== null) ? secondsAtOnce(left, atOnce) : null
}

/** The model's length is that of the dataset's longest sequence, without the adapters where the recipe cuts them. */
function configurationOf(database: ReadableDatabase, dataset: number, variant: Variant, recipe: Recipe, beside: boolean): Configuration {
  const { length, cellTypes } = readDatasetSummary(database, dataset)
  const { prefix, suffix } = readDataset(database, dataset).adapters
  const cut = recipe.adapters === 'cut' ? prefix.length + suffix.length : 0
  return { variant, recipe, length: Math.max(1, length - cut), cellTypes: cellTypes.length, beside }
}

/** Elements in each part of each split, whether it is made already or not. */
async function sizesOf(database: ReadableDatabase, dataset: number, choices: readonly SplitChoice[], breathe: Breathe): Promise<Sizes[]> {
  let content: SplitContent | undefined
  const sizes: Sizes[] = []
  for (const choice of choices) {
    await breathe()
    const made = typeof choice === 'number' ? readSplit(database, choice) : findSplit(database, dataset, choice)
    sizes.push(made?.sizes ?? sizesOfParts(assignParts((content ??= readSplitContent(database, dataset)), choice as SplitSettings).parts))
  }
  return sizes
}

function sizesOfParts(assignment: Uint8Array): Sizes {
  const counts = [0, 0, 0]
  for (const part of assignment) counts[part]!++
  return { train: counts[0]!, validation: counts[1]!, test: counts[2]! }
}

function distinct(choices: readonly SplitChoice[]): SplitChoice[] {
  return [...new Map(choices.map((choice) => [typeof choice === 'number' ? choice : settingsKey(choice), choice])).values()]
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
