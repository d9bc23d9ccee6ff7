/** The little of protocol buffers' wire format that a GraphDef needs (protobuf.dev/programming-guides/encoding). */

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

/** A base-128 varint; a negative number is written as its 64-bit two's complement. */
export function varint(value: number): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    bytes.push(rest ? low | 128 : low)
  } while (rest)
  return Buffer.from(bytes)
}

export function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

const tag = (field: number, wireType: number) => varint((field << 3) | wireType)

export function intField(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, VARINT), varint(value)])
}

export function floatField(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, FIXED_32), float32(value)])
}

/** A string, bytes, a packed list, or an embedded message given as its fields. */
export function bytesField(field: number, value: string | Uint8Array | readonly Uint8Array[]): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : Buffer.concat(value)
  return Buffer.concat([tag(field, LENGTH_DELIMITED), varint(bytes.length), bytes])
}
