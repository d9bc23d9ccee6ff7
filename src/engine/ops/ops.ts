import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'

/** A batch-normalised tensor and the statistics of the batch, for the running ones. */
export interface BatchNormResult {
  readonly y: Tensor4D
  /** Mean of each channel over the batch. */
  readonly mean: Tensor1D
  /** Unbiased variance (÷ n − 1) of each channel over the batch; the normalisation itself uses the biased one, as PyTorch does. */
  readonly variance: Tensor1D
}

/** The operations that an encoder and a head are made of, where engines do them differently. Signals are [batch, 1, length, channels]. */
export interface LayerOps {
  /** Cross-correlation along the length, with `padding` zeros on either side, plus a bias; filters are [1, width, in, out]. */
  conv(x: Tensor4D, filters: Tensor4D, bias: Tensor1D, padding: number): Tensor4D
  relu<T extends Tensor>(x: T): T
  /** Batch normalisation in training mode over batch and length. The statistics are kept: dispose them. */
  batchNorm(x: Tensor4D, scale: Tensor1D, offset: Tensor1D, epsilon: number): BatchNormResult
  /** Uniform noise on [0, 1) that two int32 seeds (a tensor [2]) fix; the engine's own stream. */
  uniform(shape: readonly number[], seeds: Tensor1D): Tensor
}

/** A layer's learned tensors: convolution → ReLU → batch normalisation, and a max pool of pairs after it where it `pools`. */
export interface EncoderLayer {
  readonly filters: Tensor4D
  readonly bias: Tensor1D
  readonly scale: Tensor1D
  readonly offset: Tensor1D
  readonly pools: boolean
}

/** An encoder with its tensors, from base codes to one vector a sequence. */
export interface Encoder {
  readonly layers: readonly EncoderLayer[]
  /** A 1×1 convolution to one score a position, softmax over the length, weighted sum; null for the mean over the positions. */
  readonly attention: { readonly filter: Tensor4D; readonly bias: Tensor1D } | null
  /** Zeros on either side of each convolution's input. The codes have theirs already. */
  readonly padding: number
  /** Of the batch normalisations. */
  readonly epsilon: number
}

/** What an encoder reads. */
export interface EncoderInput {
  /** Base codes, [batch, length + 2 × padding], int32. */
  readonly codes: Tensor2D
  /** The four one-hot values of each code, [CODES, 4]. */
  readonly table: Tensor2D
}

export interface EncodedBatch {
  /** [batch, features], differentiable in the encoder's tensors. */
  readonly features: Tensor2D
  /** Mean and unbiased variance of the batch, layer by layer, one after the other. Kept: dispose it. */
  readonly statistics: Tensor1D
}

/** Sequences as {@link EncoderOps.encodePairs} reads them. */
export interface PairedInput extends EncoderInput {
  /** Base codes in pairs (`shared/dna/codePairs.ts`), without padding, [batch, pairsIn(length)]. `bool` is tfjs's only type of a byte, and holds any. */
  readonly codes: Tensor2D
  readonly length: number
}

/** The encoder whole, which is nearly all of the work. */
export interface EncoderOps {
  /** In training mode. */
  encode(encoder: Encoder, input: EncoderInput): EncodedBatch
  /** In evaluation mode, with running statistics packed as {@link EncodedBatch} has them: [batch, features]. */
  encodeWith(encoder: Encoder, input: EncoderInput, statistics: Tensor1D): Tensor2D
  /** {@link encodeWith} of pairs of codes; not there where the operations cannot read them. */
  readonly encodePairs?: (encoder: Encoder, input: PairedInput, statistics: Tensor1D) => Tensor2D
}

/** The few operations that engines do differently. Everything else in a variant is plain tfjs, which runs on every engine. */
export interface Ops extends LayerOps, EncoderOps {}
