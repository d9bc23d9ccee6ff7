/** Makes the median absolute deviation of a normal distribution its standard deviation: 1 / Φ⁻¹(3/4). */
const NORMAL = 1.4826

/** Median and robust standard deviation (1.4826 × median absolute deviation) of what is no NaN; NaN where nothing is. */
export function robustSpread(values: Float64Array): { readonly median: number; readonly robustSd: number } {
  const present = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) present[count++] = values[i]!
  const measured = present.subarray(0, count)
  const median = medianOf(measured)
  for (let i = 0; i < count; i++) measured[i] = Math.abs(measured[i]! - median)
  return { median, robustSd: NORMAL * medianOf(measured) }
}

/** The median, by Hoare's selection, which puts the numbers into another order. */
function medianOf(numbers: Float64Array): number {
  const half = numbers.length >> 1
  if (numbers.length === 0) return Number.NaN
  select(numbers, half)
  if (numbers.length % 2) return numbers[half]!
  let below = numbers[0]!
  for (let i = 1; i < half; i++) below = Math.max(below, numbers[i]!)
  return (below + numbers[half]!) / 2
}

/** Puts at `k` what would stand there in order, nothing larger before it and nothing smaller after it. */
function select(numbers: Float64Array, k: number): void {
  let from = 0
  let to = numbers.length - 1
  while (from < to) {
    const pivot = numbers[(from + to) >> 1]!
    let i = from
    let j = to
    while (i <= j) {
      while (numbers[i]! < pivot) i++
      while (numbers[j]! > pivot) j--
      if (i > j) break
      const held = numbers[i]!
      numbers[i++] = numbers[j]!
      numbers[j--] = held
    }
    if (k <= j) to = j
    else if (k >= i) from = i
    else return
  }
}
