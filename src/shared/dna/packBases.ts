import { CODES, codesOf } from './bases.ts'

/** Bits that a base takes: A, C, G and T alone need two, any other letter four. */
const [TWO, FOUR] = [2, 4]
const NOT_ONE_BASE = 255
const twoBits = new Uint8Array(CODES).fill(NOT_ONE_BASE)
for (const [bits, code] of [1, 2, 4, 8].entries()) twoBits[code] = bits

/** The two bits of each letter of A, C, G, T and U, in either case, by its byte; of any other byte a number above 3. */
export const twoBitsOfLetter = new Uint8Array(256).fill(NOT_ONE_BASE)
for (const letter of 'ACGTUacgtu') twoBitsOfLetter[letter.charCodeAt(0)] = twoBits[codesOf(letter)[0]!]!

/** Bytes that a sequence takes at most. */
export function mostPackedBytes(bases: number): number {
  return 1 + Math.ceil(bases / 2)
}

/**
 * Writes base codes without padding to `packed` from `at` on: a byte that says how many bits a base takes, then the bases, the first in
 * the lowest bits. Returns where the next sequence begins.
 */
export function packBases(codes: Uint8Array, packed: Uint8Array, at: number): number {
  const { length } = codes
  const whole = length - (length % 4)
  let unknown = 0
  let to = at + 1
  for (let i = 0; i < whole; i += 4) {
    const a = twoBits[codes[i]!]!
    const b = twoBits[codes[i + 1]!]!
    const c = twoBits[codes[i + 2]!]!
    const d = twoBits[codes[i + 3]!]!
    unknown |= a | b | c | d
    packed[to++] = a | (b << 2) | (c << 4) | (d << 6)
  }
  if (whole < length) {
    let last = 0
    for (let i = whole; i < length; i++) {
      const bits = twoBits[codes[i]!]!
      unknown |= bits
      last |= bits << (2 * (i - whole))
    }
    packed[to++] = last
  }
  if (unknown !== NOT_ONE_BASE) {
    packed[at] = TWO
    return to
  }
  packed[at] = FOUR
  to = at + 1
  for (let i = 0; i < length; i += 2) packed[to++] = codes[i]! | ((codes[i + 1] ?? 0) << 4)
  return to
}

/** Marks what begins at `at` as bases of A, C, G and T alone, which follow four to a byte. */
export function markFourInByte(packed: Uint8Array, at: number): void {
  packed[at] = TWO
}

/** Whether the sequence at `at` is of A, C, G and T alone, so that each byte after that one holds four bases. */
export function hasFourInByte(packed: Uint8Array, at: number): boolean {
  return packed[at] === TWO
}

/** Where the sequence after the one at `at` begins, of which so many bases are packed. */
export function afterPacked(packed: Uint8Array, at: number, bases: number): number {
  return at + 1 + Math.ceil((bases * packed[at]!) / 8)
}

/** Codes of the bases from `from` to before `to` of a sequence that {@link packBases} wrote at `at`. */
export function unpackBases(packed: Uint8Array, at: number, from: number, to: number): Uint8Array {
  const codes = new Uint8Array(Math.max(0, to - from))
  if (packed[at] === TWO) {
    for (let i = from; i < to; i++) codes[i - from] = 1 << ((packed[at + 1 + (i >> 2)]! >> (2 * (i & 3))) & 3)
  } else {
    for (let i = from; i < to; i++) codes[i - from] = (packed[at + 1 + (i >> 1)]! >> (4 * (i & 1))) & 15
  }
  return codes
}

/** Whether a sequence of A, C, G and T alone at `at` has these codes from the base `from` on. */
export function hasCodesAt(packed: Uint8Array, at: number, from: number, codes: Uint8Array): boolean {
  for (let i = 0; i < codes.length; i++) {
    const base = from + i
    if (1 << ((packed[at + 1 + (base >> 2)]! >> (2 * (base & 3))) & 3) !== codes[i]) return false
  }
  return true
}
