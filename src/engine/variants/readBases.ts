import type { Rank, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { oneHotTable } from '../../shared/dna/bases.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { tf } from '../tfjs.ts'

/** Base codes [batch, length] as one-hot signals [batch, 1, length, 4], ambiguous letters as the recipe says. */
export function readBases(codes: Tensor2D, ambiguousBases: Recipe['ambiguousBases']): Tensor4D {
  const [batch, length] = codes.shape
  const table = tf.tensor2d(oneHotTable(ambiguousBases), [oneHotTable(ambiguousBases).length / 4, 4])
  return tf.reshape<Rank.R4>(tf.gather(table, codes), [batch, 1, length, 4])
}
