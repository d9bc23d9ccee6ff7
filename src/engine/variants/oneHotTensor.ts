import type { Tensor2D } from '@tensorflow/tfjs-core'
import { CODES, oneHotTable } from '../../shared/dna/bases.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { tf } from '../tfjs.ts'

/** The four one-hot values of every base code, [CODES, 4], ambiguous letters as the recipe says. */
export function oneHotTensor(ambiguousBases: Recipe['ambiguousBases']): Tensor2D {
  return tf.tensor2d(oneHotTable(ambiguousBases), [CODES, 4])
}
