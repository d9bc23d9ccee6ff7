/**
 * Seconds until the last of some runs is done, where so many train at once and each begins, in the order given, as soon as one
 * before it has ended.
 */
export function secondsAtOnce(runs: readonly number[], atOnce: number): number {
  const free = new Array<number>(atOnce).fill(0)
  for (const seconds of runs) {
    const first = free.indexOf(Math.min(...free))
    free[first]! += seconds
  }
  return Math.max(...free)
}
