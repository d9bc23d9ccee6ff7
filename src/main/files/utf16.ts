import { WorkbenchError } from '../../shared/domain/errors.ts'

const LOOK_AT_BYTES = 4096
const FEWEST_BYTES = 8

/**
 * The byte order of UTF-16 text by its first bytes, or null where it is something else: by its byte-order mark, or, without
 * one, because nearly every other byte of Latin text is zero.
 */
export function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const looked = Math.min(bytes.length, LOOK_AT_BYTES) & ~1
  if (looked < FEWEST_BYTES) return null
  const zeros = [0, 0]
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i & 1]!++
  const [even, odd] = zeros as [number, number]
  const nearlyAll = looked * 0.45
  if (odd > nearlyAll && even === 0) return 'utf-16le'
  if (even > nearlyAll && odd === 0) return 'utf-16be'
  return null
}

/** The same text in UTF-8, chunk by chunk, without a byte-order mark. @param outcome what it comes to where it is no whole UTF-16 @throws WorkbenchError there */
export async function* utf8FromUtf16(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  order: 'utf-16le' | 'utf-16be',
  outcome: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(order, { fatal: true })
  const decode = (chunk?: Uint8Array) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }))
    } catch (fault) {
      throw new WorkbenchError(
        'invalid-input',
        `${file} is damaged: it starts as text in UTF-16 and does not go on so. ${outcome}`,
        { file, hint: 'Save it as UTF-8, or copy it again.' },
        { cause: fault },
      )
    }
  }
  for await (const chunk of chunks) {
    const text = decode(chunk)
    if (text.byteLength > 0) yield text
  }
  const rest = decode()
  if (rest.byteLength > 0) yield rest
}
