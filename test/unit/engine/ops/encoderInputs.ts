import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Encoder, EncoderInput, PairedInput } from '../../../../src/engine/ops/ops.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { encoderParameters, PADDED_BASES } from '../../../../src/engine/variants/encoder.ts'
import { oneHotTensor } from '../../../../src/engine/variants/oneHotTensor.ts'
import { padCodes, paddedLength } from '../../../../src/engine/variants/padCodes.ts'
import { attentionParameters } from '../../../../src/engine/variants/pooling.ts'
import { codePairs, pairsIn } from '../../../../src/shared/dna/codePairs.ts'
import { random } from '../../../../src/shared/stats/random.ts'

export type Pooling = 'mean' | 'attention'

/** Learned tensors for an encoder, with scales of both signs; the attention's two are the last. */
export function encoderTensors(pooling: Pooling, seed = 1): Tensor[] {
  const source = random(seed)
  const parameters = pooling === 'attention' ? [...encoderParameters, ...attentionParameters] : encoderParameters
  return parameters.map(({ name, shape, reversed }) => {
    const axes = reversed ? [1, ...shape.toReversed()] : [...shape]
    const values = Float32Array.from({ length: shape.reduce((product, n) => product * n, 1) }, source.normal)
    const isFilter = name.endsWith('.weight') && reversed
    return tf.tensor(isFilter ? values.map((value) => value * 0.3) : values, axes)
  })
}

/** An encoder of {@link encoderTensors}. */
export function encoderFrom(tensors: readonly Tensor[]): Encoder {
  const layers = [0, 1, 2].map((layer) => {
    const [filters, bias, scale, offset] = tensors.slice(4 * layer) as [Tensor4D, Tensor1D, Tensor1D, Tensor1D]
    return { filters, bias, scale, offset, pools: layer === 0 }
  })
  const [filter, bias] = tensors.slice(12) as [Tensor4D?, Tensor1D?]
  return { layers, attention: filter && bias ? { filter, bias } : null, padding: PADDED_BASES, epsilon: 1e-5 }
}

/** Sequences with ambiguous letters and padding in them. */
export function encoderInput(batch: number, length: number, ambiguous: 'zeros' | 'probabilities', seed = 2): EncoderInput {
  const source = random(seed)
  const codes = Uint8Array.from({ length: batch * length }, () => (source.uniform() < 0.05 ? source.integer(16) : 1 << source.integer(4)))
  const padded = padCodes((row) => codes.subarray(row * length, (row + 1) * length), batch, length)
  return { codes: tf.tensor2d(padded, [batch, paddedLength(length)], 'int32'), table: oneHotTensor(ambiguous) }
}

/** The same sequences, packed. */
export function pairedInput({ codes, table }: EncoderInput, length: number): PairedInput {
  const bare = Uint8Array.from(tf.slice(codes, [0, PADDED_BASES], [-1, length]).dataSync())
  return { codes: tf.tensor2d(codePairs(bare, length), [codes.shape[0], pairsIn(length)], 'bool'), table, length }
}
