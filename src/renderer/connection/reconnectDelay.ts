const FIRST = 500
const LONGEST = 5000

/** Milliseconds to wait before the next attempt to connect, after `failures` failed ones: doubling, up to five seconds. */
export function reconnectDelay(failures: number): number {
  return Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10))
}
