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
  readonly versions: Readonly<Record<string, string>>
  readonly ops: Ops
  /** Sequences scored at a time: enough to be fast, few enough to answer a Stop soon. */
  readonly scoringBatch: number
  /** Parts that a scoring batch is cut into, each computed by itself: what a processor's cores can share without waiting for each other. */
  readonly scoringParts: number
  /** Makes `fn` ready for inputs of the shapes and types of `examples`. */
  compile(fn: TensorFunction, examples: readonly Tensor[]): CompiledFunction
}

/** How to bring an engine up. Only one can be in use in a process: tfjs has one global backend. */
export interface BackendLoader {
  readonly name: EngineName
  /** Makes it the one in use. Throws a {@link WorkbenchError} that says in words why it cannot be. */
  load(): Promise<Backend>
}
