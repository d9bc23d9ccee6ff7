import { endianness } from 'node:os'

const foreign = endianness() === 'BE'

/** Bytes of a vector as they stand in a BLOB: little-endian, whatever the machine. Shares the vector's memory where it can. */
export function toBlob(vector: Float32Array | Int32Array | Uint8Array): Uint8Array {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
  return foreign && vector.BYTES_PER_ELEMENT === 4 ? Buffer.from(bytes).swap32() : bytes
}

/** The float32 vector of a BLOB, on memory of its own. */
export function float32FromBlob(blob: Uint8Array): Float32Array {
  return new Float32Array(words(blob))
}

/** The int32 vector of a BLOB, on memory of its own. */
export function int32FromBlob(blob: Uint8Array): Int32Array {
  return new Int32Array(words(blob))
}

function words(blob: Uint8Array): ArrayBuffer {
  if (blob.byteLength % 4 !== 0) throw new RangeError(`a vector of ${blob.byteLength} bytes is no vector of 32-bit numbers`)
  const copy = new Uint8Array(blob.byteLength)
  copy.set(blob)
  if (foreign) Buffer.from(copy.buffer).swap32()
  return copy.buffer
}
