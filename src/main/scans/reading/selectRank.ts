const HALF = 1 << 16

/**
 * The number that has so many lower or equal ones before it in ascending order, counted from 0, of numbers too many to be held
 * together: they are read twice, counted by the upper half of their bits and then, where the number must be, by the lower. NaN
 * is none.
 *
 * @param read gives all numbers in pieces, the same each time
 * @param rankOf the rank among so many numbers
 * @returns NaN where there are none
 */
export async function selectRank(
  read: () => AsyncIterable<Float32Array> | Iterable<Float32Array>,
  rankOf: (count: number) => number,
): Promise<number> {
  const upper = new Float64Array(HALF)
  let count = 0
  for await (const numbers of read()) {
    for (const bits of sortableBits(numbers)) {
      if (bits === UNKNOWN) continue
      upper[bits >>> 16]!++
      count++
    }
  }
  if (count === 0) return Number.NaN
  let rank = rankOf(count)
  let half = 0
  while (rank >= upper[half]!) rank -= upper[half++]!
  const lower = new Float64Array(HALF)
  for await (const numbers of read()) {
    for (const bits of sortableBits(numbers)) if (bits !== UNKNOWN && bits >>> 16 === half) lower[bits & (HALF - 1)]!++
  }
  let rest = 0
  while (rank >= lower[rest]!) rank -= lower[rest++]!
  return numberOf(((half << 16) | rest) >>> 0)
}

/** Above the bits of every number. */
const UNKNOWN = 0xffffffff

/** The bits of float32 numbers turned so that they sort as whole numbers. */
function sortableBits(numbers: Float32Array): Uint32Array {
  const bits = new Uint32Array(numbers.slice().buffer)
  for (let i = 0; i < bits.length; i++) {
    bits[i] = Number.isNaN(numbers[i]) ? UNKNOWN : bits[i]! ^ (bits[i]! >>> 31 ? 0xffffffff : 0x80000000)
  }
  return bits
}

function numberOf(sortable: number): number {
  return new Float32Array(Uint32Array.of(sortable ^ (sortable >>> 31 ? 0x80000000 : 0xffffffff)).buffer)[0]!
}
