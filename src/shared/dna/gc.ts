import { CODES } from './bases.ts'
import { hasFourInByte, unpackBases } from './packBases.ts'

const isGc = Uint8Array.from({ length: CODES }, (_, code) => Number(code === 2 || code === 4))
const isAt = Uint8Array.from({ length: CODES }, (_, code) => Number(code === 1 || code === 8))

/** Bases that are G or C, and that are A or T; other letters are neither. */
export function countGc(codes: Uint8Array): { readonly gc: number; readonly at: number } {
  let gc = 0
  let at = 0
  for (let i = 0; i < codes.length; i++) {
    gc += isGc[codes[i]!]!
    at += isAt[codes[i]!]!
  }
  return { gc, at }
}

/** G and C among the four bases of a byte; what is left empty in the last one reads as A. */
const gcOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  let gc = 0
  for (let i = 0; i < 8; i += 2) gc += Number(((byte >> i) & 3) === 1 || ((byte >> i) & 3) === 2)
  return gc
})

/** The same as {@link countGc} of so many bases that `packBases` wrote to `packed` at `at`: quicker where it can be. */
export function countGcPacked(packed: Uint8Array, at: number, bases: number): { readonly gc: number; readonly at: number } {
  if (!hasFourInByte(packed, at)) return countGc(unpackBases(packed, at, 0, bases))
  let gc = 0
  const end = at + 1 + ((bases + 3) >> 2)
  for (let i = at + 1; i < end; i++) gc += gcOfByte[packed[i]!]!
  return { gc, at: bases - gc }
}

/** Share of G and C among A, C, G and T, 0 to 1; NaN where there are none of them. */
export function shareOfGc(codes: Uint8Array): number {
  const { gc, at } = countGc(codes)
  return gc / (gc + at)
}
