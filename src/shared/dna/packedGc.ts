import { countGc } from './gc.ts'
import { unpackBases } from './packBases.ts'

const TWO_BITS = 2
/** How many of the four bases of a byte are C (01) or G (10). */
const gcOfByte = Uint8Array.from({ length: 256 }, (_, byte) => [0, 2, 4, 6].filter((shift) => [1, 2].includes((byte >> shift) & 3)).length)

/**
 * {@link countGc} of the bases from `from` to before `to` of a sequence that `packBases` wrote at `at`: four bases at a look where there are
 * none but A, C, G and T.
 */
export function countPackedGc(packed: Uint8Array, at: number, from: number, to: number): { readonly gc: number; readonly at: number } {
  const firstWhole = 4 * Math.ceil(from / 4)
  const endOfWhole = 4 * Math.floor(to / 4)
  if (packed[at] !== TWO_BITS || endOfWhole <= firstWhole) return countGc(unpackBases(packed, at, from, to))
  let gc = countGc(unpackBases(packed, at, from, firstWhole)).gc + countGc(unpackBases(packed, at, endOfWhole, to)).gc
  for (let byte = firstWhole / 4; byte < endOfWhole / 4; byte++) gc += gcOfByte[packed[at + 1 + byte]!]!
  return { gc, at: to - from - gc }
}
