import { PADDED_BASES } from './encoder.ts'

/** Codes a sequence once padded for the first convolution. */
export function paddedLength(length: number): number {
  return length + 2 * PADDED_BASES
}

/** Base codes of some sequences as int32, [rows, paddedLength(length)], as {@link padInto} puts them. */
export function padCodes(source: (row: number) => Uint8Array, rows: number, length: number): Int32Array {
  return padInto(new Int32Array(rows * paddedLength(length)), source, rows, length)
}

/**
 * Puts base codes of some sequences, with `PADDING` (0) on either side, into an array of zeros, [capacity,
 * paddedLength(length)], and returns it. `source` gives the codes of a row; rows beyond those asked for stay padding.
 */
export function padInto<T extends Int32Array | Uint8Array>(
  padded: T,
  source: (row: number) => Uint8Array,
  rows: number,
  length: number,
): T {
  const width = paddedLength(length)
  for (let row = 0; row < rows; row++) padded.set(source(row), row * width + PADDED_BASES)
  return padded
}
