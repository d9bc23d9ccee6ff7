import type { DataId, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'

/** An attribute as tfjs-node hands it to its binding; `type` is one of the binding's `TF_ATTR_*`. */
export interface OpAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** A tensor on the native side. */
export interface TensorMetadata {
  readonly id: number
  readonly shape: number[]
  readonly dtype: number
}

/** The part of tfjs-node's C++ binding that is used here (tfjs_binding.d.ts). */
export interface Binding {
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_BOOL: number
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_SHAPE: number
  readonly TF_Version: string
  executeOp(op: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number): TensorMetadata[]
  deleteTensor(id: number): void
  tensorDataSync(id: number): ArrayBufferView
  loadSavedModel(folder: string, tags: string): number
  runSavedModel(session: number, inputs: readonly number[], inputNames: string, outputNames: string): TensorMetadata[]
  deleteSavedModel(session: number): void
}

/** The part of tfjs-node's backend that is used here (nodejs_kernel_backend.d.ts). */
export interface TensorFlowBackend {
  binding: Binding
  readonly isUsingGpuDevice: boolean
  readonly tensorMap: { get(dataId: DataId): { readonly dtype: number } }
  createOutputTensor(metadata: TensorMetadata): Tensor
  getInputTensorIds(tensors: readonly TensorInfo[]): number[]
  executeSingleOutput(op: string, attributes: readonly OpAttribute[], inputs: readonly TensorInfo[]): Tensor
  executeMultipleOutputs(op: string, attributes: readonly OpAttribute[], inputs: readonly TensorInfo[], outputs: number): Tensor[]
}

/** The backend in use, which must be tfjs-node's. */
export function tensorFlowBackend(): TensorFlowBackend {
  const backend: object = tf.backend()
  if (!('binding' in backend)) throw new TypeError('the backend in use is not TensorFlow')
  return backend as TensorFlowBackend
}
