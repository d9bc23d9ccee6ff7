import { recipes, type Recipe } from './recipe.ts'
import { defaultShares, type SplitSettings } from './split.ts'

/**
 * The simulated demo, the same from the page and the command line: small enough to be made in a second and trained within a
 * minute. Its recipe says everything that decides the result, so that the demo shows the same whatever `default` becomes:
 * short epochs of many small steps without dropout, since a network of 1,500 numbers does not overfit 4,200 elements.
 */
export const demo: {
  readonly dataset: { readonly name: string; readonly elements: number; readonly seed: number }
  readonly split: SplitSettings
  readonly recipe: Recipe
  readonly seeds: readonly number[]
} = {
  dataset: { name: 'Simulated demo', elements: 6000, seed: 1 },
  split: { kind: 'group', seed: 1, shares: defaultShares },
  recipe: {
    ...recipes.default,
    epochs: 50,
    batchSize: 64,
    optimizer: 'adamw',
    loss: 'mse',
    target: 'log2',
    learningRate: 1e-2,
    weightDecay: 3e-2,
    schedule: 'oneCycle',
    dropout: 0,
    reverseComplement: true,
    shift: 0,
    strands: 'both',
    weights: 'best',
    patience: 0,
  },
  seeds: [1],
}
