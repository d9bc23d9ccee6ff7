import type { Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'
import type { Binding, OpAttribute, TensorFlowBackend, TensorMetadata } from './binding.ts'
import type { AttributeValue, GraphNode } from './graphDef.ts'

/** What a function did, as a graph: inputs are the nodes `in0`, `in1`…, outputs the nodes `out0`, `out1`…. */
export interface Recording {
  readonly nodes: readonly GraphNode[]
  readonly inputs: number
  readonly outputs: number
}

/**
 * Runs `fn` once on `inputs` and records every TensorFlow op that it executes, those of its gradients included. Every
 * tfjs-node kernel goes through `binding.executeOp`, so a stand-in for the binding sees them all.
 *
 * Whatever `fn` makes in JavaScript instead of by an op (a literal, a shape) is frozen into the graph as a constant.
 * All tensors made while recording are freed; the results are only needed for their shapes.
 */
export function recordOps(
  backend: TensorFlowBackend,
  fn: (...inputs: Tensor[]) => readonly Tensor[],
  inputs: readonly Tensor[],
): Recording {
  const native = backend.binding
  const nodes: GraphNode[] = []
  const sourceOf = new Map<number, string>()
  const freed: number[] = []
  const idOf = (tensor: Tensor) => backend.getInputTensorIds([tensor])[0]!

  const add = (prefix: string, op: string, from: readonly string[], attributes: GraphNode['attributes']) => {
    const name = `${prefix}${nodes.length}`
    nodes.push({ name, op, inputs: from, attributes })
    return name
  }
  const sourceOrConstant = (id: number) => {
    let source = sourceOf.get(id)
    if (source === undefined) sourceOf.set(id, (source = add('constant', 'Const', [], constantAttributes(native, id))))
    return source
  }

  inputs.forEach((input, i) => {
    const attributes: GraphNode['attributes'] = {
      dtype: { kind: 'type', value: backend.tensorMap.get(input.dataId).dtype },
      shape: { kind: 'shape', value: input.shape },
    }
    nodes.push({ name: `in${i}`, op: 'Placeholder', inputs: [], attributes })
    sourceOf.set(idOf(input), `in${i}`)
  })

  // The binding's own properties cannot be assigned, so its stand-in inherits from it.
  const recorder = Object.create(native, {
    // Ids must stay unique while recording: a freed one would be given out again.
    deleteTensor: { value: (id: number) => void freed.push(id) },
    executeOp: {
      value: (op: string, attributes: readonly OpAttribute[], ids: readonly number[], count: number): TensorMetadata[] => {
        const results = native.executeOp(op, attributes, ids, count)
        const from = ids.map(sourceOrConstant)
        const name = add(
          'op',
          op,
          from,
          Object.fromEntries(attributes.map((attribute) => [attribute.name, attributeValue(native, attribute)])),
        )
        results.forEach(({ id }, i) => sourceOf.set(id, i ? `${name}:${i}` : name))
        return results
      },
    },
  }) as Binding

  let outputs = 0
  backend.binding = recorder
  try {
    tf.tidy(() => {
      for (const output of fn(...inputs)) {
        const attributes: GraphNode['attributes'] = { T: { kind: 'type', value: backend.tensorMap.get(output.dataId).dtype } }
        // A node of its own, so that an output may also be an input, a constant, or given twice.
        nodes.push({ name: `out${outputs++}`, op: 'Identity', inputs: [sourceOrConstant(idOf(output))], attributes })
      }
    })
  } finally {
    backend.binding = native
    for (const id of freed) native.deleteTensor(id)
  }
  return { nodes, inputs: inputs.length, outputs }
}

/** The value and type of a tensor that no recorded op made. */
function constantAttributes(native: Binding, id: number): GraphNode['attributes'] {
  // tensorDataSync tells neither shape nor type; any op's result does.
  const [copy] = native.executeOp('Identity', [], [id], 1)
  const { dtype, shape, id: copyId } = copy!
  native.deleteTensor(copyId)
  if (![native.TF_FLOAT, native.TF_INT32, native.TF_BOOL].includes(dtype))
    throw new TypeError(`a constant of type ${dtype} cannot be recorded`)
  const data = native.tensorDataSync(id)
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
  return { dtype: { kind: 'type', value: dtype }, value: { kind: 'tensor', dtype, shape, bytes } }
}

function attributeValue(native: Binding, { name, type, value }: OpAttribute): AttributeValue {
  switch (type) {
    case native.TF_ATTR_STRING:
      return { kind: 'string', value: value as string }
    case native.TF_ATTR_INT:
      return { kind: 'int', value: value as number }
    case native.TF_ATTR_FLOAT:
      return { kind: 'float', value: value as number }
    case native.TF_ATTR_BOOL:
      return { kind: 'bool', value: value as boolean }
    case native.TF_ATTR_TYPE:
      return { kind: 'type', value: value as number }
    case native.TF_ATTR_SHAPE:
      return { kind: 'shape', value: value as number[] }
    default:
      throw new TypeError(`the attribute ${name} cannot be recorded`)
  }
}
