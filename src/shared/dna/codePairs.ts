import { CODES, PADDING, reverseComplement } from './bases.ts'
import { unpackBases } from './packBases.ts'

/**
 * Base codes two a byte, as they go to the engine: the first of a pair in the low four bits. Every sequence begins with a byte of its
 * own; where its length is odd, the last pair's second is `PADDING`. Any byte is a pair of codes: there is nothing to check.
 */

/** Bytes that a sequence takes. */
export function pairsIn(length: number): number {
  return (length + 1) >> 1
}

/** Puts the codes of one sequence into `into` from `at` on. */
export function pairInto(into: Uint8Array, at: number, codes: Uint8Array): void {
  const last = codes.length - 1
  let to = at
  for (let i = 0; i < last; i += 2) into[to++] = codes[i]! | (codes[i + 1]! << 4)
  if (codes.length % 2 === 1) into[to] = codes[last]!
}

/** The pairs of the four bases of a byte of a sequence that is packed: the first in the low byte. */
const pairsOfFour = Uint16Array.from({ length: 256 }, (_, four) =>
  [0, 1, 2, 3].reduce((pairs, base) => pairs | (1 << (((four >> (2 * base)) & 3) + 4 * base)), 0),
)

/** The same of a sequence of A, C, G and T alone, which `packBases` wrote to `packed` at `from`. */
export function pairPackedInto(into: Uint8Array, at: number, packed: Uint8Array, from: number, length: number): void {
  const whole = length >> 2
  let to = at
  for (let i = from + 1; i <= from + whole; i++) {
    const pairs = pairsOfFour[packed[i]!]!
    into[to++] = pairs
    into[to++] = pairs >> 8
  }
  if (length % 4 > 0) pairInto(into, to, unpackBases(packed, from, 4 * whole, length))
}

/** Codes [sequences, length] as pairs, [sequences, pairsIn(length)]. */
export function codePairs(codes: Uint8Array, length: number): Uint8Array {
  const width = pairsIn(length)
  const pairs = new Uint8Array((codes.length / length) * width)
  for (let from = 0, at = 0; from < codes.length; from += length, at += width) pairInto(pairs, at, codes.subarray(from, from + length))
  return pairs
}

/** Puts the codes of one sequence of so many bases into `into` from `at` on. */
export function unpairInto(into: Uint8Array | Int32Array, at: number, pairs: Uint8Array, length: number): void {
  for (let i = 0; i < length; i++) into[at + i] = (pairs[i >> 1]! >> (4 * (i & 1))) & (CODES - 1)
}

/** The other strand of each pair. */
const otherStrand = Uint8Array.from({ length: CODES * CODES }, (_, pair) => {
  const [first, second] = reverseComplement(Uint8Array.of(pair % CODES, pair >> 4))
  return first! | (second! << 4)
})

/** The other strand of a sequence of so many bases, read in its own direction. */
export function reverseComplementPairs(pairs: Uint8Array, length: number): Uint8Array {
  const last = pairs.length - 1
  const result = new Uint8Array(pairs.length)
  if (length % 2 === 0) {
    for (let i = 0; i <= last; i++) result[i] = otherStrand[pairs[last - i]!]!
    return result
  }
  // The other strand's pairs lie across those of this one.
  for (let i = 0; i <= last; i++) {
    const next = i < last ? otherStrand[pairs[last - i - 1]!]! % CODES : PADDING
    result[i] = (otherStrand[pairs[last - i]!]! >> 4) | (next << 4)
  }
  return result
}
