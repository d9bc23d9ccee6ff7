import type { Breathe } from './breathe.ts'
import type { SequenceClasses } from './classifySequences.ts'
import { findOverlaps } from './findOverlaps.ts'

/**
 * The group of every sequence, numbered from 0 in the order of their first members: all that are equal, reverse complements
 * or overlapping, directly or through others.
 */
export async function groupSequences(
  { classes, representatives }: SequenceClasses,
  breathe: Breathe,
  progress?: (done: number) => void,
): Promise<Int32Array> {
  const parent = Int32Array.from(representatives.keys())
  const root = (of: number) => {
    let i = of
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]!]!
      i = parent[i]!
    }
    return i
  }
  const unite = (a: number, b: number) => {
    const [x, y] = [root(a), root(b)]
    parent[Math.max(x, y)] = Math.min(x, y)
  }
  await findOverlaps(representatives, { wanted: (a, b) => root(a) !== root(b), found: unite, ...(progress && { progress }) }, breathe)
  const numbers = new Int32Array(representatives.length).fill(-1)
  let count = 0
  return classes.map((of) => {
    const group = root(of)
    if (numbers[group] === -1) numbers[group] = count++
    return numbers[group]!
  })
}
