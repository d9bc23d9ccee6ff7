import { float32FromBlob, toBlob } from '../db/vectors.ts'

/** Tensors by name, float32, row-major. */
export type Tensors = Readonly<Record<string, { readonly shape: number[]; readonly values: Float32Array }>>

export interface TensorFile {
  readonly tensors: Tensors
  /** Free text by name: what the tensors are of. */
  readonly metadata: Readonly<Record<string, string>>
}

/** What the header says of one tensor; where it lies is counted from the header's end. */
interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** A file whose header asks for more bytes than there are. */
export class TruncatedFile extends RangeError {}

const LENGTH_BYTES = 8
/** As the format's own reader has it: enough for a million tensors. */
const LONGEST_HEADER = 100_000_000
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

/** Reads any safetensors file of float32. Throws a {@link TruncatedFile}, `RangeError`, `TypeError` or `SyntaxError` on damage. */
export function readSafetensors(file: Uint8Array): TensorFile {
  const { metadata, entries, start } = readHeader(file)
  const tensors = entries.map(([name, { dtype, shape, data_offsets }]): [string, Tensors[string]] => {
    if (dtype !== 'F32') throw new RangeError(`${name}: ${dtype} is not float32`)
    const [from, to] = data_offsets
    if (to - from !== sizeOf(shape) * 4) throw new RangeError(`${name}: its values are not where the header says`)
    return [name, { shape: [...shape], values: float32FromBlob(file.subarray(start + from, start + to)) }]
  })
  // Not by assignment: a file may call a tensor `__proto__`.
  return { tensors: Object.fromEntries(tensors), metadata }
}

/** What a safetensors file says of its tensors, of whatever type; throws as {@link readSafetensors} does. */
export function readSafetensorsMetadata(file: Uint8Array): TensorFile['metadata'] {
  return readHeader(file).metadata
}

function readHeader(file: Uint8Array) {
  if (file.byteLength < LENGTH_BYTES + 2) throw new RangeError('the file is too short for safetensors')
  const headerLength = Number(new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true))
  const start = LENGTH_BYTES + headerLength
  if (headerLength > LONGEST_HEADER || file[LENGTH_BYTES] !== 0x7b) throw new SyntaxError('there is no header of safetensors')
  if (start > file.byteLength) throw new TruncatedFile('the header runs past the end of the file')
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(LENGTH_BYTES, start))
  const { [METADATA]: metadata = {}, ...rest } = JSON.parse(text) as Record<string, unknown>
  if (!isTextByName(metadata)) throw new TypeError('the metadata are not text')
  const entries = Object.entries(rest).map(([name, entry]): [string, Entry] => {
    if (!isEntry(entry)) throw new TypeError(`${name}: its type, shape or place is not given`)
    return [name, entry]
  })
  // The format asks for it: the tensors fill the rest of the file, without gaps, and none lies in another.
  let end = 0
  for (const [name, { data_offsets }] of entries.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  )) {
    if (data_offsets[0] !== end || data_offsets[1] < end) throw new RangeError(`${name}: its values are not where the header says`)
    end = data_offsets[1]
  }
  if (start + end > file.byteLength) throw new TruncatedFile(`the values run past the end of the file, and are not where the header says`)
  if (start + end < file.byteLength) throw new RangeError('there is something behind the last tensor')
  return { metadata, entries, start }
}

function isTextByName(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string')
}

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>
  return typeof dtype === 'string' && isNaturals(shape) && isNaturals(data_offsets) && data_offsets.length === 2
}

function isNaturals(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && (number as number) >= 0)
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
