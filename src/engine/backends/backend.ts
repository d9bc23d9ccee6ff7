import type { Tensor } from '@tensorflow/tfjs-core'
import type { EngineName } from '../../shared/domain/engine.ts'
import type { Ops } from '../ops/ops.ts'

/** A pure function of tensors: no variables, no randomness but from its inputs. */
export type TensorFunction = (...inputs: Tensor[]) => readonly Tensor[]

/** A function made ready to be run many times. Its results are the caller's to dispose. */
export interface CompiledFunction {
  run(...inputs: Tensor[]): Tensor[]
  /** Frees what it holds; it cannot be run any more. */
  dispose(): void
}

/** An engine that is in use: the one place that knows what runs where. */
export interface Backend {
  readonly name: EngineName
  /** Where it computes, in words: `CPU`, `NVIDIA GPU (CUDA)`. */
  readonly device: string
  /** A GPU computes, not a processor, nor one that plays a GPU. */
  readonly onGpu: boolean
  readonly versions: Readonly<Record<string, string>>
  readonly ops: Ops
  /** The same engine without operations of our own, to fall back to where those fail their proof. */
  readonly withoutNative?: Backend
  /** Sequences scored at a time: enough to be fast, few enough to answer a Stop soon. */
  readonly scoringBatch: number
  /** Sequences of a training batch beyond which one operation takes seconds, in which nothing else can be heard or answered; not set where there is no such number. */
  readonly largestBatch?: number
  /** Parts that a scoring batch is cut into, each computed by itself: what a processor's cores can share without waiting for each other. */
  readonly scoringParts: number
  /** Makes `fn` ready for inputs of the shapes and types of `examples`. */
  compile(fn: TensorFunction, examples: readonly Tensor[]): CompiledFunction
  /**
   * A copy of a tensor's float32 values: the one way to read them, since a GPU gives none at once. Throws OutOfMemory or
   * DeviceLost where the device failed in what led to them; such values are worth nothing.
   */
  read(tensor: Tensor): Promise<Float32Array>
}

/** How to bring an engine up. Only one can be in use in a process: tfjs has one global backend. */
export interface BackendLoader {
  readonly name: EngineName
  /** Makes it the one in use. Throws a {@link WorkbenchError} that says in words why it cannot be. */
  load(): Promise<Backend>
}
