import { PADDING } from './bases.ts'

/** What a model expects of a sequence, and what is done to one that is otherwise. All sequences as base codes. */
export interface Frame {
  /** Bases that the model reads. */
  readonly length: number
  /** Whether the construct's adapters are part of what the model reads. */
  readonly adapters: 'keep' | 'cut'
  /** The construct's adapters; empty where there are none. */
  readonly prefix: Uint8Array
  readonly suffix: Uint8Array
}

export interface Fitted {
  readonly codes: Uint8Array
  readonly adapters: 'added' | 'cut' | 'untouched'
  /** Only the middle is read. */
  readonly shortened: boolean
  readonly padded: boolean
  /** All of that in words; null when nothing was done. */
  readonly note: string | null
}

/**
 * Brings a sequence to a model's length; training and scoring both use this and nothing else.
 *
 * - Adapters `cut`: where the sequence has both, they are taken off.
 * - Adapters `keep`: a sequence that lacks them, and is not of the model's length, is taken for an element without its
 *   construct: its middle, as long as the construct has room, is put between the adapters.
 * - A sequence that is too long then is read at its middle; one that is too short stands in the middle, padded on both
 *   sides. Where the difference is odd, the end loses or gets the extra base. The middle, because it is the same for both
 *   strands, and a peak's is where its regulator binds.
 */
export function fitBases(codes: Uint8Array, frame: Frame): Fitted {
  const { length, prefix, suffix } = frame
  const hasConstruct = prefix.length + suffix.length > 0
  if (frame.adapters === 'cut') {
    const element = cutBothAdapters(codes, prefix, suffix)
    return fitted(element, element, length, element === codes ? 'untouched' : 'cut')
  }
  const room = length - prefix.length - suffix.length
  if (!hasConstruct || codes.length === length || room < 1 || hasAdapters(codes, prefix, suffix)) {
    return fitted(codes, codes, length, 'untouched')
  }
  const element = codes.length > room ? centre(codes, room) : codes
  const construct = new Uint8Array(prefix.length + element.length + suffix.length)
  construct.set(prefix)
  construct.set(element, prefix.length)
  construct.set(suffix, prefix.length + element.length)
  return fitted(codes, construct, length, 'added', room)
}

/** True when a sequence begins and ends with the adapters. */
export function hasAdapters(codes: Uint8Array, prefix: Uint8Array, suffix: Uint8Array): boolean {
  return (
    codes.length >= prefix.length + suffix.length &&
    prefix.every((code, i) => codes[i] === code) &&
    suffix.every((code, i) => codes[codes.length - suffix.length + i] === code)
  )
}

/** The sequence between the adapters; the very same array where it does not have both. */
export function cutBothAdapters(codes: Uint8Array, prefix: Uint8Array, suffix: Uint8Array): Uint8Array {
  if (prefix.length + suffix.length === 0 || !hasAdapters(codes, prefix, suffix)) return codes
  return codes.subarray(prefix.length, codes.length - suffix.length)
}

function centre(codes: Uint8Array, length: number): Uint8Array {
  if (codes.length === length) return codes
  if (codes.length > length) {
    const start = Math.floor((codes.length - length) / 2)
    return codes.subarray(start, start + length)
  }
  const padded = new Uint8Array(length).fill(PADDING)
  padded.set(codes, Math.floor((length - codes.length) / 2))
  return padded
}

/** @param room bases of `element` that are read at most; @param whole what `element` has become before it is brought to `length` */
function fitted(element: Uint8Array, whole: Uint8Array, length: number, adapters: Fitted['adapters'], room = length): Fitted {
  const shortened = element.length > room
  const padded = whole.length < length
  if (!shortened && !padded && adapters === 'untouched') return { codes: whole, adapters, shortened, padded, note: null }
  const words = [
    ...(shortened ? [`the middle ${room} of ${element.length} bases`] : []),
    ...(adapters === 'untouched' ? [] : [adapters === 'added' ? 'adapters added' : 'adapters cut off']),
    ...(padded ? [`${whole.length} bases, padded to ${length}`] : []),
  ]
  return { codes: centre(whole, length), adapters, shortened, padded, note: words.join(', ') || null }
}
