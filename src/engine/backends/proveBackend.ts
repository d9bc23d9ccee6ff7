import { WorkbenchError } from '../../shared/domain/errors.ts'
import { recipes, type Recipe } from '../../shared/domain/recipe.ts'
import { fullyMeasured } from '../training/epochBatches.ts'
import { freshStanding } from '../training/packedState.ts'
import { Trainer } from '../training/trainer.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { packParameters, unpackParameters, type NamedTensors } from '../variants/parameters.ts'
import type { Backend } from './backend.ts'
import { provingNumbers } from './provingNumbers.ts'

const TOLERANCE = 1e-4

interface Difference {
  readonly what: string
  readonly actual: number
  readonly expected: number
  /** Of the expected number. */
  readonly share: number
}

/** A training step did not give PyTorch's numbers. */
export class WrongNumbers extends WorkbenchError {
  /** The largest, as a share of the expected number; null where there was no number at all. */
  readonly difference: number | null

  constructor({ what, actual, expected, share }: Difference) {
    super('unavailable', `A training step gave wrong numbers (${what}: ${actual} instead of ${expected}), so it cannot be trusted.`)
    this.difference = Number.isFinite(share) ? share : null
  }
}

/**
 * Takes a real training step of `embedding`, gradients, batch statistics and Adam included, and compares the loss before
 * and after it and every tensor with PyTorch's. Returns the largest difference, as a share of PyTorch's number. Throws
 * {@link WrongNumbers} where that is too large.
 */
export async function proveBackend(backend: Backend): Promise<number> {
  // More sequences than the native encoder computes side by side, so that it has two blocks of them.
  const [length, size, cellTypes, learningRate] = [24, 20, 2, 0.01]
  const parameters = variantDefinitions.embedding.parameters(cellTypes)
  const recipe: Recipe = { ...recipes.seed, dropout: 0, learningRate, weightDecay: 0.01 }
  const base = (i: number) => (Math.floor((i * i) / 3) + Math.floor((i * i) / 7) + Math.floor(i / 5)) % 4
  const codes = Uint8Array.from({ length: size * length }, (_, i) => 1 << base(i))
  const activities = Float32Array.from({ length: size * cellTypes }, (_, i) => Math.cos(i))
  const batch = fullyMeasured(codes, length, activities)

  const initial: NamedTensors = {}
  let index = 0
  for (const { name, shape } of parameters) {
    const values = new Float32Array(shape.reduce((product, n) => product * n, 1))
    initial[name] = { shape: [...shape], values: values.map(() => Math.sin(++index) * 0.5) }
  }
  const state = { ...freshStanding(parameters, 0).state, weights: packParameters(parameters, initial) }
  const trainer = new Trainer(backend, { variant: 'embedding', recipe, seed: 0, length, cellTypes }, state)
  const differences: Difference[] = []
  const compare = (what: string, actual: number, expected: number) =>
    void differences.push({ what, actual, expected, share: Math.abs(actual - expected) / Math.abs(expected) })
  try {
    compare('loss', await trainer.step(batch, learningRate), provingNumbers.loss)
    const after = unpackParameters(parameters, (await trainer.read()).weights)
    for (const [name, expected] of Object.entries(provingNumbers.squaredSums)) compare(name, squaredSum(after[name]!.values), expected)
    compare('loss after the step', await trainer.step(batch, learningRate), provingNumbers.lossAfter)
  } finally {
    trainer.dispose()
  }
  // A number that is none is the worst of all, and compares with nothing.
  const [worst] = differences.sort((a, b) => Number(Number.isNaN(b.share)) - Number(Number.isNaN(a.share)) || b.share - a.share)
  if (!(worst!.share <= TOLERANCE)) throw new WrongNumbers(worst!)
  return worst!.share
}

function squaredSum(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0)
}
