import { random, shuffle } from '../../../shared/stats/random.ts'
import { SHARES, type Assignment, type SplitContent } from './splitContent.ts'

/**
 * The published recipe's split: each name on its own, at random. It leaks: an element and its reverse complement, or two
 * overlapping windows, land in different parts, so that a test on it flatters every model.
 */
export function splitByName({ names }: SplitContent, seed: number): Assignment {
  const order = shuffle(
    Int32Array.from({ length: names.length }, (_, i) => i),
    random(seed),
  )
  const parts = new Uint8Array(names.length)
  const train = Math.round(names.length * SHARES[0])
  const validation = Math.round(names.length * (SHARES[0] + SHARES[1]))
  for (const [rank, element] of order.entries()) parts[element] = rank < train ? 0 : rank < validation ? 1 : 2
  return { parts, groups: names.length }
}
