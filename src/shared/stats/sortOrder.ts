/**
 * Indices of values in ascending order; equal values keep theirs, and zero of either sign is one value. NaN is not allowed. A radix
 * sort in three passes of eleven bits: many times as fast as comparing.
 */
export function sortOrder(values: Float32Array): Int32Array {
  const n = values.length
  const keys = new Uint32Array(n)
  // Adding zero makes −0 zero.
  const floats = values.map((value) => value + 0)
  const bits = new Uint32Array(floats.buffer)
  // Turned so that their order as unsigned integers is that of the numbers.
  for (let i = 0; i < n; i++) keys[i] = bits[i]! & 0x80000000 ? ~bits[i]! : bits[i]! | 0x80000000
  let from = Int32Array.from({ length: n }, (_, i) => i)
  let to = new Int32Array(n)
  for (let shift = 0; shift < 32; shift += 11) {
    const starts = new Int32Array(2049)
    for (let i = 0; i < n; i++) starts[((keys[i]! >>> shift) & 2047) + 1]!++
    for (let digit = 0; digit < 2048; digit++) starts[digit + 1]! += starts[digit]!
    for (let i = 0; i < n; i++) {
      const index = from[i]!
      to[starts[(keys[index]! >>> shift) & 2047]!++] = index
    }
    ;[from, to] = [to, from]
  }
  return from
}
