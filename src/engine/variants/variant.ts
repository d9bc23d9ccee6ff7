import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { Encoder, Ops } from '../ops/ops.ts'
import type { Parameter } from './parameters.ts'

/** What a variant computes with: the same definition serves training and scoring, which differ in the last two only. */
export interface Network {
  readonly ops: Ops
  readonly cellTypes: number
  /** The learned tensors by name, in the engine's layout. */
  readonly weights: Readonly<Record<string, Tensor>>
  /** The batch's sequences through an encoder: [batch, features]. */
  encode(encoder: Encoder): Tensor2D
  /** Dropout of the hidden layer [batch, 1 or cellTypes, features]; in training the result is [batch, cellTypes, features]. */
  drop(hidden: Tensor3D): Tensor3D
}

/** A network architecture, and nothing about how it is trained. */
export interface VariantDefinition {
  /** Each cell type has a prediction of its own; otherwise one serves them all. */
  readonly toldCellType: boolean
  parameters(cellTypes: number): readonly Parameter[]
  /**
   * Predictions, [batch, cellTypes], of the sequences that the network encodes. The cell type enters after the pooling,
   * so one pass serves them all.
   */
  forward(network: Network): Tensor2D
}

/** The tensor of that name. */
export function weight<T extends Tensor>(network: Network, name: string): T {
  const found = network.weights[name]
  if (!found) throw new RangeError(`the variant has no tensor ${name}`)
  return found as T
}
