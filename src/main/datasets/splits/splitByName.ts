import type { Shares } from '../../../shared/domain/split.ts'
import { random, shuffle } from '../../../shared/stats/random.ts'
import { TEST, TRAIN, VALIDATION, type Assignment, type SplitContent } from './splitContent.ts'

/**
 * The published recipe's split: each name on its own, at random. It leaks: an element and its reverse complement, or two
 * overlapping windows, land in different parts, so that a test on it flatters every model.
 */
export function splitByName(
  { names }: Pick<SplitContent, 'names'>,
  { seed, shares }: { readonly seed: number; readonly shares: Shares },
): Assignment {
  const order = shuffle(
    Int32Array.from({ length: names.length }, (_, i) => i),
    random(seed),
  )
  const assigned = new Uint8Array(names.length)
  const train = Math.round(names.length * shares.train)
  const validation = Math.round(names.length * (shares.train + shares.validation))
  for (const [rank, element] of order.entries()) assigned[element] = rank < train ? TRAIN : rank < validation ? VALIDATION : TEST
  return { parts: assigned, groups: names.length }
}
