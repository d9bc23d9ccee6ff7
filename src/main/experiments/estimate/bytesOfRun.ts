import type { Recipe } from '../../../shared/domain/recipe.ts'
import type { Split } from '../../../shared/domain/split.ts'
import type { Variant } from '../../../shared/domain/variants.ts'
import { expectedTensors } from '../../models/expectedTensors.ts'
import { writeSafetensors, type Tensors } from '../safetensors.ts'

/** What of a run's model decides how much room it takes. */
export interface ModelToStore {
  readonly variant: Variant
  readonly recipe: Recipe
  readonly cellTypes: readonly string[]
}

/** Statistics of the encoder's batch normalisation: counted, not learned, so that they have no moments. */
const COUNTED = /\.running_(?:mean|var)$/
const BYTES_A_NUMBER = 4

/**
 * Bytes on the workspace's disk: `kept` of a completed run, its model and its predictions; `under way` of the checkpoint that it
 * has while it trains, which holds the best epoch's weights too where the recipe keeps them.
 */
export function bytesOfRun(model: ModelToStore, sizes: Split['sizes']): { readonly kept: number; readonly underWay: number } {
  const shapes = expectedTensors({ ...model, cellTypes: [...model.cellTypes] })
  const tensors = (prefixes: readonly string[], isKept: (name: string) => boolean = () => true): Tensors =>
    Object.fromEntries(
      prefixes.flatMap((prefix) =>
        [...shapes]
          .filter(([name]) => isKept(name))
          .map(([name, shape]) => [prefix + name, { shape, values: new Float32Array(sizeOf(shape)) }]),
      ),
    )
  // All that is told of a run beside its numbers, of which these are the longest parts.
  const metadata = { description: JSON.stringify(model), checksums: '0'.repeat(128) }
  const file = (of: Tensors) => writeSafetensors({ tensors: of, metadata }).byteLength
  const moments = tensors(['moment1/', 'moment2/'], (name) => !COUNTED.test(name))
  return {
    kept: file(tensors([''])) + (sizes.validation + sizes.test) * model.cellTypes.length * BYTES_A_NUMBER,
    underWay: file({ ...tensors(model.recipe.weights === 'best' ? ['model/', 'best/'] : ['model/']), ...moments }),
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, axis) => size * axis, 1)
}
