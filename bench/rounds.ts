/** The middle value; the mean of the two in the middle where there are two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Takes each of the measurements once a round, in turn, so that whatever else the machine does falls on all of them alike.
 *
 * @returns each measurement's results, in the order of the rounds
 */
export async function alternate<K extends string, T>(
  rounds: number,
  measurements: Readonly<Record<K, () => Promise<T>>>,
): Promise<Record<K, T[]>> {
  const entries = Object.entries(measurements) as [K, () => Promise<T>][]
  const results = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<K, T[]>
  for (let round = 0; round < rounds; round++) for (const [name, measure] of entries) results[name].push(await measure())
  return results
}

/** The median over the rounds of how many times as much one gave as the other. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / theirs[round]!))
}
