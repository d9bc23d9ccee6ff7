/** Share of ascending numbers that are lower than one, 0 to 100; null where there are none. */
export function shareBelow(ascending: Float32Array | undefined, value: number): number | null {
  if (!ascending || ascending.length === 0) return null
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  return (100 * low) / ascending.length
}
