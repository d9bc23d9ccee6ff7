import type { TrainingJob } from '../../../../src/shared/contract/engine.ts'
import { recipes, type Recipe } from '../../../../src/shared/domain/recipe.ts'
import { pairInto, pairsIn } from '../../../../src/shared/dna/codePairs.ts'
import { random } from '../../../../src/shared/stats/random.ts'

interface Options extends Partial<Omit<TrainingJob, 'recipe'>> {
  readonly recipe?: Partial<Recipe>
  readonly elements?: number
}

/** A small training job on drawn sequences, whose activity is their share of C and G, plus a share of the cell type. */
export function simulatedJob({ elements = 40, length = 30, cellTypes = 2, recipe = {}, ...rest }: Options = {}): TrainingJob {
  const source = random(11)
  const bases = Uint8Array.from({ length: elements * length }, () => 1 << source.integer(4))
  const activities = Float32Array.from({ length: elements * cellTypes }, (_, row) => {
    const codes = bases.subarray(Math.floor(row / cellTypes) * length).subarray(0, length)
    return (4 * codes.filter((code) => code === 2 || code === 4).length) / length - 2 + 0.5 * (row % cellTypes)
  })
  const part = (from: number, to: number) =>
    Int32Array.from({ length: Math.floor(to * elements) - Math.floor(from * elements) }, (_, i) => Math.floor(from * elements) + i)
  return {
    variant: 'embedding',
    recipe: { ...recipes.seed, batchSize: 8, epochs: 3, learningRate: 1e-3, ...recipe },
    seed: 1,
    length,
    cellTypes,
    bases,
    activities,
    train: part(0, 0.7),
    validation: part(0.7, 0.85),
    test: part(0.85, 1),
    resume: null,
    ...rest,
  }
}

/** The base codes of some of a job's elements in pairs, as scoring takes them. */
export function pairsOf({ bases, length }: Pick<TrainingJob, 'bases' | 'length'>, elements: Int32Array): Uint8Array {
  const pairs = new Uint8Array(elements.length * pairsIn(length))
  for (const [row, element] of elements.entries())
    pairInto(pairs, row * pairsIn(length), bases.subarray(element * length, (element + 1) * length))
  return pairs
}
