import type { Tensor } from '@tensorflow/tfjs-core'
import type { Model } from '../../shared/contract/engine.ts'
import { random } from '../../shared/stats/random.ts'
import { tf } from '../tfjs.ts'

/** Float32 values with their shape, as models and checkpoints hold them: row-major, in PyTorch's layout. */
export type NamedTensors = Model['tensors']

/**
 * A learned tensor, named and shaped as in the `state_dict` of the same network in PyTorch: convolutions are
 * [out, in, width], linear layers [out, in].
 */
export interface Parameter {
  readonly name: string
  readonly shape: readonly number[]
  /** The engine holds it with its axes in reverse order: [width, in, out] and [in, out]. */
  readonly reversed: boolean
  /** PyTorch's default: uniform within ± the bound, standard normal, or one number. */
  readonly initial: { readonly uniform: number } | { readonly normal: 1 } | { readonly constant: number }
}

/** Conv1d: weight and bias uniform ±1/√fan-in (torch.nn.Conv1d). */
export function convParameters(name: string, inputs: number, outputs: number, width: number): Parameter[] {
  return weightAndBias(name, [outputs, inputs, width])
}

/** Linear: weight and bias uniform ±1/√fan-in (torch.nn.Linear). */
export function linearParameters(name: string, inputs: number, outputs: number): Parameter[] {
  return weightAndBias(name, [outputs, inputs])
}

function weightAndBias(name: string, shape: readonly [number, ...number[]]): Parameter[] {
  const [outputs, ...fanIn] = shape
  const initial = { uniform: 1 / Math.sqrt(sizeOf(fanIn)) }
  return [
    { name: `${name}.weight`, shape, reversed: true, initial },
    { name: `${name}.bias`, shape: [outputs], reversed: false, initial },
  ]
}

/** Embedding: standard normal (torch.nn.Embedding). */
export function embeddingParameters(name: string, entries: number, width: number): Parameter[] {
  return [{ name: `${name}.weight`, shape: [entries, width], reversed: false, initial: { normal: 1 } }]
}

/** BatchNorm1d's learned half: scale 1, offset 0 (torch.nn.BatchNorm1d). */
export function batchNormParameters(name: string, channels: number): Parameter[] {
  return [
    { name: `${name}.weight`, shape: [channels], reversed: false, initial: { constant: 1 } },
    { name: `${name}.bias`, shape: [channels], reversed: false, initial: { constant: 0 } },
  ]
}

/** BatchNorm1d's running statistics. Not learned, but part of the model. */
export function runningStatistics(name: string, channels: number): Parameter[] {
  return [
    { name: `${name}.running_mean`, shape: [channels], reversed: false, initial: { constant: 0 } },
    { name: `${name}.running_var`, shape: [channels], reversed: false, initial: { constant: 1 } },
  ]
}

/** All parameters one after the other in the engine's layout, freshly drawn; the seed alone decides. */
export function initialiseParameters(parameters: readonly Parameter[], seed: number): Float32Array {
  const source = random(seed)
  const draw = ({ initial }: Parameter) => {
    if ('uniform' in initial) return initial.uniform * (2 * source.uniform() - 1)
    return 'normal' in initial ? source.normal() : initial.constant
  }
  const tensors: NamedTensors = {}
  for (const parameter of parameters) {
    const values = Float32Array.from({ length: sizeOf(parameter.shape) }, () => draw(parameter))
    tensors[parameter.name] = { shape: [...parameter.shape], values }
  }
  return packParameters(parameters, tensors)
}

/** Named tensors as one vector in the engine's layout. Throws a RangeError where one is missing or has another shape. */
export function packParameters(parameters: readonly Parameter[], tensors: NamedTensors, prefix = ''): Float32Array {
  const packed = new Float32Array(parameterCount(parameters))
  let offset = 0
  for (const { name, shape, reversed } of parameters) {
    const tensor = tensors[prefix + name]
    if (!tensor) throw new RangeError(`the tensor ${prefix + name} is missing`)
    if (tensor.shape.join() !== shape.join() || tensor.values.length !== sizeOf(shape)) {
      throw new RangeError(`the tensor ${prefix + name} should be [${shape.join(', ')}] but is [${tensor.shape.join(', ')}]`)
    }
    packed.set(reversed ? reverseAxes(tensor.values, shape) : tensor.values, offset)
    offset += tensor.values.length
  }
  return packed
}

/** The reverse of {@link packParameters}. */
export function unpackParameters(parameters: readonly Parameter[], packed: Float32Array, prefix = ''): NamedTensors {
  const tensors: NamedTensors = {}
  let offset = 0
  for (const { name, shape, reversed } of parameters) {
    const values = packed.slice(offset, (offset += sizeOf(shape)))
    tensors[prefix + name] = { shape: [...shape], values: reversed ? reverseAxes(values, shape.toReversed()) : values }
  }
  return tensors
}

/**
 * A packed vector as the tensors by name that a variant computes with, differentiably. Filters get a first axis of one,
 * for a convolution along the second of two dimensions: [1, width, in, out].
 */
export function splitParameters(parameters: readonly Parameter[], packed: Tensor): Record<string, Tensor> {
  const sizes = parameters.map(({ shape }) => sizeOf(shape))
  const parts = tf.split(packed, sizes)
  const shaped = (part: Tensor, { shape, reversed }: Parameter) => {
    if (shape.length === 1) return part
    const axes = reversed ? shape.toReversed() : [...shape]
    return tf.reshape(part, axes.length === 3 ? [1, ...axes] : axes)
  }
  return Object.fromEntries(parameters.map((parameter, i) => [parameter.name, shaped(parts[i]!, parameter)]))
}

/** How many numbers they hold. */
export function parameterCount(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

/** How many numbers a tensor of that shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** The row-major values of a tensor with its axes in reverse order. */
function reverseAxes(values: Float32Array, shape: readonly number[]): Float32Array {
  const result = new Float32Array(values.length)
  values.forEach((value, index) => {
    let rest = index
    let target = 0
    let stride = values.length
    for (const size of shape.toReversed()) {
      stride /= size
      target += (rest % size) * stride
      rest = Math.floor(rest / size)
    }
    result[target] = value
  })
  return result
}
