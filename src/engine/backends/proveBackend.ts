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

/**
 * Takes a real training step of `embedding`, gradients, batch statistics and Adam included, and compares the loss before
 * and after it and every tensor with PyTorch's. Throws a {@link WorkbenchError} in words where they differ.
 */
export function proveBackend(backend: Backend): void {
  const [length, size, cellTypes, learningRate] = [24, 4, 2, 0.01]
  const parameters = variantDefinitions.embedding.parameters(cellTypes)
  const recipe: Recipe = { ...recipes.seed, dropout: 0, learningRate, weightDecay: 0.01 }
  const codes = Uint8Array.from({ length: size * length }, (_, i) => 1 << ((Math.floor((i * i) / 3) + Math.floor(i / 5)) % 4))
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
  try {
    expectEqual('loss', trainer.step(batch, learningRate), provingNumbers.loss)
    const after = unpackParameters(parameters, trainer.read().weights)
    for (const [name, expected] of Object.entries(provingNumbers.squaredSums)) expectEqual(name, squaredSum(after[name]!.values), expected)
    expectEqual('loss after the step', trainer.step(batch, learningRate), provingNumbers.lossAfter)
  } finally {
    trainer.dispose()
  }
}

function squaredSum(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0)
}

function expectEqual(what: string, actual: number, expected: number): void {
  if (Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected)) return
  throw new WorkbenchError(
    'unavailable',
    `A training step gave wrong numbers (${what}: ${actual} instead of ${expected}), so it cannot be trusted.`,
  )
}
