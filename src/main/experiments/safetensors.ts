import { float32FromBlob, toBlob } from '../db/vectors.ts'

/** Tensors by name, float32, row-major. */
export type Tensors = Readonly<Record<string, { readonly shape: number[]; readonly values: Float32Array }>>

export interface TensorFile {
  readonly tensors: Tensors
  /** Free text by name: what the tensors are of. */
  readonly metadata: Readonly<Record<string, string>>
}

const LENGTH_BYTES = 8
const METADATA = '__metadata__'

/**
 * The bytes of a safetensors file (https://github.com/huggingface/safetensors): eight bytes with the header's length,
 * little-endian; the header as JSON, padded with spaces to a multiple of eight; then the tensors' float32 values, in the
 * order of their names, without gaps. The same tensors and metadata always give the same bytes.
 */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const names = Object.keys(tensors).sort()
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0) header[METADATA] = metadata
  let size = 0
  for (const name of names) {
    const { shape, values } = tensors[name]!
    if (name === METADATA) throw new TypeError(`${METADATA} cannot be a tensor's name`)
    if (values.length !== sizeOf(shape))
      throw new RangeError(`${name}: ${values.length} values do not fill the shape [${shape.join(', ')}]`)
    header[name] = { dtype: 'F32', shape, data_offsets: [size, size + values.byteLength] }
    size += values.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerLength = Math.ceil(json.byteLength / 8) * 8
  const start = LENGTH_BYTES + headerLength
  const file = new Uint8Array(start + size)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true)
  file.fill(0x20, LENGTH_BYTES + json.byteLength, start)
  file.set(json, LENGTH_BYTES)
  let offset = start
  for (const name of names) {
    const bytes = toBlob(tensors[name]!.values)
    file.set(bytes, offset)
    offset += bytes.byteLength
  }
  return file
}

/** Reads any safetensors file of float32. Throws a `RangeError`, `TypeError` or `SyntaxError` on damage. */
export function readSafetensors(file: Uint8Array): TensorFile {
  if (file.byteLength < LENGTH_BYTES) throw new RangeError('the file is too short for safetensors')
  const headerLength = Number(new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true))
  const start = LENGTH_BYTES + headerLength
  if (start > file.byteLength) throw new RangeError('the header runs past the end of the file')
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(LENGTH_BYTES, start))
  const { [METADATA]: metadata = {}, ...entries } = JSON.parse(text) as Record<string, unknown>
  const tensors: Record<string, { shape: number[]; values: Float32Array }> = {}
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets } = entry as { dtype: string; shape: number[]; data_offsets: [number, number] }
    if (dtype !== 'F32') throw new RangeError(`${name}: ${dtype} is not float32`)
    const [from, to] = data_offsets
    if (from < 0 || to - from !== sizeOf(shape) * 4 || start + to > file.byteLength) {
      throw new RangeError(`${name}: its values are not where the header says`)
    }
    tensors[name] = { shape, values: float32FromBlob(file.subarray(start + from, start + to)) }
  }
  return { tensors, metadata: metadata as Record<string, string> }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
