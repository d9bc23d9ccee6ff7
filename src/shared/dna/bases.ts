/**
 * Bases as codes, one byte each. A code is the set of bases that a letter may stand for, as four bits: A 1, C 2, G 4,
 * T 8. So `N` is 15, `PADDING` (no base at all) is 0, and complementing is reversing the four bits.
 */
const letters: Readonly<Record<string, number>> = {
  A: 1,
  C: 2,
  G: 4,
  T: 8,
  U: 8,
  M: 3,
  R: 5,
  W: 9,
  S: 6,
  Y: 10,
  K: 12,
  V: 7,
  H: 11,
  D: 13,
  B: 14,
  N: 15,
}

/** The code for a position outside the sequence. */
export const PADDING = 0
/** How many codes there are. */
export const CODES = 16
/** The order of the four bases on the one-hot axis. */
export const BASES = 'ACGT'

const NOT_DNA = 255
const ALL_BASES = 15
const codeOfByte = new Uint8Array(256).fill(NOT_DNA)
for (const [letter, code] of Object.entries(letters)) {
  codeOfByte[letter.charCodeAt(0)] = code
  codeOfByte[letter.toLowerCase().charCodeAt(0)] = code
}
const letterOfCode = '-ACMGRSVTWYHKDBN'
const complementOfCode = Uint8Array.from(
  { length: CODES },
  (_, code) => ((code & 1) << 3) | ((code & 2) << 1) | ((code & 4) >> 1) | ((code & 8) >> 3),
)

const encoder = new TextEncoder()
let scratch = new Uint8Array(4096)

/**
 * Codes of a sequence in IUPAC letters of either case, U read as T. Returns the index of the first letter that is not one of
 * them instead. `memory`, as long as the sequence, is where the codes are put; `ambiguous` tells whether any of them is no single base.
 */
export function encodeBases(
  sequence: string,
  memory?: Uint8Array,
): { readonly codes: Uint8Array; readonly ambiguous: boolean } | { readonly notDnaAt: number } {
  if (scratch.length < 3 * sequence.length) scratch = new Uint8Array(6 * sequence.length)
  // As bytes at once: several times quicker than letter by letter. A letter of several bytes is none of DNA's, nor are its bytes.
  const { written } = encoder.encodeInto(sequence, scratch)
  const codes = memory ?? new Uint8Array(sequence.length)
  let unknown = 0
  let shared = 0
  for (let i = 0; i < written; i++) {
    const code = codeOfByte[scratch[i]!]!
    unknown |= code
    // A code of one base has one bit.
    shared |= code & (code - 1)
    codes[i] = code
  }
  if (unknown <= ALL_BASES && written === sequence.length) return { codes, ambiguous: shared !== 0 }
  return { notDnaAt: scratch.subarray(0, written).findIndex((byte) => codeOfByte[byte] === NOT_DNA) }
}

/**
 * Codes of a sequence that is known to be DNA: stored by the importer, or written in the code.
 *
 * @throws RangeError where it is none after all, which is damage
 */
export function codesOf(sequence: string): Uint8Array {
  const encoded = encodeBases(sequence)
  if (!('codes' in encoded)) throw new RangeError(`${sequence[encoded.notDnaAt]} at ${encoded.notDnaAt + 1} is not a DNA letter`)
  return encoded.codes
}

/** Upper-case IUPAC letters of codes; padding as `-`. */
export function decodeBases(codes: Uint8Array): string {
  let sequence = ''
  for (const code of codes) sequence += letterOfCode[code]!
  return sequence
}

/** True for a code that stands for one base alone. */
export function isUnambiguous(code: number): boolean {
  return code === 1 || code === 2 || code === 4 || code === 8
}

/** Codes of the other strand, read in its own direction. */
export function reverseComplement(codes: Uint8Array): Uint8Array {
  const result = new Uint8Array(codes.length)
  for (let i = 0, j = codes.length - 1; j >= 0; i++, j--) result[i] = complementOfCode[codes[j]!]!
  return result
}

/**
 * The four one-hot values of every code, row-major [CODES, 4] in the order of {@link BASES}. With `probabilities` an
 * ambiguous letter is shared evenly by the bases that it may stand for; with `zeros` it reads as nothing, as padding does.
 */
export function oneHotTable(ambiguous: 'zeros' | 'probabilities'): Float32Array {
  const table = new Float32Array(CODES * 4)
  for (let code = 1; code < CODES; code++) {
    if (ambiguous === 'zeros' && !isUnambiguous(code)) continue
    const bases = [0, 1, 2, 3].filter((base) => code & (1 << base))
    for (const base of bases) table[code * 4 + base] = 1 / bases.length
  }
  return table
}
