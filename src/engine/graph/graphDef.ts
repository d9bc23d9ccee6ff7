import { bytesField, float32, floatField, intField, varint } from './protobuf.ts'

/** The value of an op's attribute. A list is given as an array, except a shape, which is one already. */
export type AttributeValue =
  | { readonly kind: 'string'; readonly value: string | readonly string[] }
  | { readonly kind: 'int'; readonly value: number | readonly number[] }
  | { readonly kind: 'float'; readonly value: number | readonly number[] }
  | { readonly kind: 'bool'; readonly value: boolean | readonly boolean[] }
  | { readonly kind: 'type'; readonly value: number | readonly number[] }
  | { readonly kind: 'shape'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly dtype: number; readonly shape: readonly number[]; readonly bytes: Uint8Array }

/** A node of a graph: one op with where its inputs come from (`name` or `name:output`). */
export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly inputs: readonly string[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

// The producer and the oldest consumer that TensorFlow 2.x writes into its own graphs.
const PRODUCER = 1286
const OLDEST_CONSUMER = 12

/** A SavedModel message with one graph, tagged `tag`. Field numbers: tensorflow/core/{protobuf,framework}/*.proto. */
export function encodeSavedModel(nodes: readonly GraphNode[], tag: string): Buffer {
  const versions = bytesField(4, [intField(1, PRODUCER), intField(2, OLDEST_CONSUMER)])
  const graph = bytesField(2, [...nodes.map((node) => bytesField(1, encodeNode(node))), versions])
  const metaInfo = bytesField(1, [bytesField(4, tag)])
  return Buffer.concat([intField(1, 1), bytesField(2, [metaInfo, graph])])
}

function encodeNode({ name, op, inputs, attributes }: GraphNode): Buffer[] {
  return [
    bytesField(1, name),
    bytesField(2, op),
    ...inputs.map((input) => bytesField(3, input)),
    ...Object.entries(attributes).map(([key, value]) => bytesField(5, [bytesField(1, key), bytesField(2, encodeAttribute(value))])),
  ]
}

function encodeAttribute(attribute: AttributeValue): Buffer {
  switch (attribute.kind) {
    case 'string':
      return single(attribute.value)
        ? bytesField(2, attribute.value)
        : bytesField(
            1,
            attribute.value.map((text) => bytesField(2, text)),
          )
    case 'int':
      return single(attribute.value) ? intField(3, attribute.value) : packed(3, attribute.value.map(varint))
    case 'float':
      return single(attribute.value) ? floatField(4, attribute.value) : packed(4, attribute.value.map(float32))
    case 'bool':
      return single(attribute.value)
        ? intField(5, Number(attribute.value))
        : packed(
            5,
            attribute.value.map((bit) => varint(Number(bit))),
          )
    case 'type':
      return single(attribute.value) ? intField(6, attribute.value) : packed(6, attribute.value.map(varint))
    case 'shape':
      return bytesField(7, encodeShape(attribute.value))
    case 'tensor':
      return bytesField(8, [intField(1, attribute.dtype), bytesField(2, encodeShape(attribute.shape)), bytesField(4, attribute.bytes)])
  }
}

function single<T>(value: T | readonly T[]): value is T {
  return !Array.isArray(value)
}

/** A list within an AttrValue: the ListValue message with one packed field. */
function packed(field: number, items: readonly Buffer[]): Buffer {
  return bytesField(1, [bytesField(field, items)])
}

function encodeShape(shape: readonly number[]): Buffer[] {
  return shape.map((size) => bytesField(2, [intField(1, size)]))
}
