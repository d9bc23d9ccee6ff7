import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Ops } from '../ops/ops.ts'
import type { Parameter } from './parameters.ts'

/** What a variant computes with: the same definition serves training and scoring, which differ in the last two only. */
export interface Network {
  readonly ops: Ops
  readonly cellTypes: number
  /** The learned tensors by name, in the engine's layout. */
  readonly weights: Readonly<Record<string, Tensor>>
  /** Batch normalisation of [batch, 1, length, channels] by the layer of that name. */
  normalise(x: Tensor4D, layer: string): Tensor4D
  /** Dropout of the hidden layer [batch, 1 or cellTypes, features]; in training the result is [batch, cellTypes, features]. */
  drop(hidden: Tensor3D): Tensor3D
}

/** A network architecture, and nothing about how it is trained. */
export interface VariantDefinition {
  parameters(cellTypes: number): readonly Parameter[]
  /**
   * Predicted log2(RNA/DNA), [batch, cellTypes], of one-hot sequences [batch, 1, length + 2 × PADDED_BASES, 4] that
   * are padded for the first convolution already. The cell type enters after the pooling, so one pass serves them all.
   */
  forward(network: Network, sequences: Tensor4D): Tensor2D
}

/** The tensor of that name. */
export function weight<T extends Tensor>(network: Network, name: string): T {
  const found = network.weights[name]
  if (!found) throw new RangeError(`the variant has no tensor ${name}`)
  return found as T
}
