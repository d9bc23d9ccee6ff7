import type { EngineClient, Model, TrainingJob } from '../src/shared/contract/engine.ts'
import { CODES, isUnambiguous } from '../src/shared/dna/bases.ts'
import { codePairs, pairsIn } from '../src/shared/dna/codePairs.ts'
import { recipes } from '../src/shared/domain/recipe.ts'
import type { Variant } from '../src/shared/domain/variants.ts'
import { random } from '../src/shared/stats/random.ts'

const LENGTH = 230
const CELL_TYPES = 3
const BASE_CODES = Array.from({ length: CODES }, (_, code) => code).filter(isUnambiguous)

/** Random sequences as base codes, [count, LENGTH]. */
export function randomBases(count: number): Uint8Array {
  const source = random(1)
  return Uint8Array.from({ length: count * LENGTH }, () => BASE_CODES[source.integer(4)]!)
}

/**
 * Training rows (sequence × cell type) a second of a whole epoch of the recipe `seed`, as the workbench trains: the second
 * epoch, so that the tracing of the step is not in it.
 */
export async function trainingRate(
  engine: EngineClient,
  variant: Variant,
  batchSize: number,
  sequences: number,
): Promise<{ rowsPerSecond: number; model: Model }> {
  const source = random(2)
  const job: TrainingJob = {
    variant,
    recipe: { ...recipes.seed, batchSize, epochs: 2 },
    seed: 1,
    length: LENGTH,
    cellTypes: CELL_TYPES,
    bases: randomBases(sequences),
    activities: Float32Array.from({ length: sequences * CELL_TYPES }, source.normal),
    train: Int32Array.from({ length: sequences }, (_, i) => i),
    validation: new Int32Array(0),
    test: new Int32Array(0),
    resume: null,
  }
  let seconds = Number.NaN
  const { model } = await engine.models.train(job, {
    onProgress: (progress) => {
      if (progress.kind === 'epoch') seconds = progress.epoch.seconds
    },
  })
  return { rowsPerSecond: (sequences * CELL_TYPES) / seconds, model }
}

/** Sequences scored a second, each in three cell types, on a warm scorer. */
export async function scoringRate(engine: EngineClient, model: Model, sequences: number): Promise<number> {
  const bases = codePairs(randomBases(sequences), LENGTH)
  await engine.models.score({ model, bases: bases.subarray(0, pairsIn(LENGTH) * 64) })
  const start = performance.now()
  await engine.models.score({ model, bases })
  return (sequences / (performance.now() - start)) * 1000
}
