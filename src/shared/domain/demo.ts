import { recipes, type Recipe } from './recipe.ts'
import type { SplitKind } from './split.ts'

/** The simulated demo, the same from the page and the command line: small enough to be trained while one looks on. */
export const demo: {
  readonly dataset: { readonly name: string; readonly elements: number; readonly seed: number }
  readonly split: { readonly kind: SplitKind; readonly seed: number }
  readonly recipe: Recipe
  readonly seeds: readonly number[]
} = {
  dataset: { name: 'Simulated demo', elements: 10_000, seed: 1 },
  split: { kind: 'group', seed: 1 },
  recipe: { ...recipes.default, epochs: 40 },
  seeds: [1],
}
