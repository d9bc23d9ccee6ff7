/**
 * Messages as bytes: a 32-bit little-endian length, that many bytes of JSON, then the typed arrays that the JSON refers
 * to, each aligned to eight bytes. Typed arrays so cross as they are, and everything else stays readable.
 */
const kinds = {
  u8: Uint8Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const
type Kind = keyof typeof kinds
type Binary = InstanceType<(typeof kinds)[Kind]>

const MARK = '$binary'
const ALIGNMENT = 8
const align = (offset: number) => Math.ceil(offset / ALIGNMENT) * ALIGNMENT

/**
 * Numbers that JSON has no word for, and objects that look like the codec's own marks, are refused: a NaN in plain data
 * is a mistake that must not become a silent null.
 */
export function encode(value: unknown): Uint8Array {
  const arrays: { bytes: Uint8Array; offset: number }[] = []
  let size = 0
  const text = JSON.stringify(value, (key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) throw new TypeError(`${key || 'the value'} is not a finite number`)
    if (typeof item !== 'object' || item === null) return item
    if (ArrayBuffer.isView(item)) {
      const kind = kindOf(item)
      const offset = size
      arrays.push({ bytes: new Uint8Array(item.buffer, item.byteOffset, item.byteLength), offset })
      size = align(offset + item.byteLength)
      return { [MARK]: kind, offset, length: (item as Binary).length }
    }
    return item
  }) as string | undefined
  if (text === undefined) throw new TypeError('a message must have a value')
  const json = new TextEncoder().encode(text)
  const start = align(4 + json.byteLength)
  const message = new Uint8Array(start + size)
  new DataView(message.buffer).setUint32(0, json.byteLength, true)
  message.set(json, 4)
  for (const { bytes, offset } of arrays) message.set(bytes, start + offset)
  return message
}

/** The value that {@link encode} was given. Typed arrays are copies that own their memory. Throws on a damaged message. */
export function decode(message: Uint8Array): unknown {
  if (message.byteLength < 4) throw new RangeError('a message is too short')
  const length = new DataView(message.buffer, message.byteOffset, message.byteLength).getUint32(0, true)
  if (4 + length > message.byteLength) throw new RangeError('a message is cut short')
  const start = align(4 + length)
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message.subarray(4, 4 + length)), (_key, item: unknown) => {
    if (!isMark(item)) return item
    const type = kinds[item[MARK]]
    const from = start + item.offset
    const bytes = item.length * type.BYTES_PER_ELEMENT
    if (item.offset < 0 || bytes < 0 || from + bytes > message.byteLength) throw new RangeError('a message is cut short')
    return new type(message.slice(from, from + bytes).buffer)
  })
}

function kindOf(view: ArrayBufferView): Kind {
  for (const kind of Object.keys(kinds) as Kind[]) if (view instanceof kinds[kind]) return kind
  throw new TypeError(`${view.constructor.name} cannot cross a channel`)
}

function isMark(item: unknown): item is { [MARK]: Kind; offset: number; length: number } {
  if (typeof item !== 'object' || item === null || !(MARK in item)) return false
  const mark = item as Record<string, unknown>
  return typeof mark[MARK] === 'string' && mark[MARK] in kinds && Number.isInteger(mark['offset']) && Number.isInteger(mark['length'])
}
