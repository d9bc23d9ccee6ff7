import { PADDED_BASES } from './encoder.ts'

/** Codes a sequence once padded for the first convolution. */
export function paddedLength(length: number): number {
  return length + 2 * PADDED_BASES
}

/**
 * Base codes of some sequences as int32, [rows, paddedLength(length)], with `PADDING` (0) on either side. `source` gives the codes of
 * a row.
 */
export function padCodes(source: (row: number) => Uint8Array, rows: number, length: number): Int32Array {
  const width = paddedLength(length)
  const padded = new Int32Array(rows * width)
  for (let row = 0; row < rows; row++) padded.set(source(row), row * width + PADDED_BASES)
  return padded
}
