import { agree } from './agree.ts'
import type { Breathe } from './breathe.ts'
import { SEED_LENGTH, seedFrom, SeedIndex, type Seed } from './seedIndex.ts'

/** Sequences that a seed may bring together although they are not related. */
const STRANGERS = 200
const SAMPLED_PAIRS = 64

/** One end of a sequence, and its seed as far inward as it had to go. */
interface End {
  readonly sequence: number
  readonly step: 1 | -1
  readonly seed: Seed
}

/**
 * The index of the seeds at both ends of each sequence. Where hundreds of unrelated sequences end alike, the end is the
 * construct's and not the element's (a library of two designs has no adapter that all share): the seed then moves inward,
 * past the construct, or every sequence would be compared with every other.
 */
export async function indexEnds(sequences: readonly Uint8Array[], breathe: Breathe): Promise<SeedIndex> {
  let ends: End[] = []
  for (const [sequence, codes] of sequences.entries()) {
    if (sequence % 64 === 0) await breathe()
    const first = seedFrom(codes, 0, 1)
    if (!first) continue
    ends.push({ sequence, step: 1, seed: first })
    const last = seedFrom(codes, codes.length - SEED_LENGTH, -1)
    if (last && last.at !== first.at) ends.push({ sequence, step: -1, seed: last })
  }
  for (;;) {
    const index = new SeedIndex(ends.length)
    for (const [i, { sequence, seed }] of ends.entries()) {
      if (i % 1024 === 0) await breathe()
      index.add(sequence, seed)
    }
    const construct = constructSeeds(index, sequences)
    if (construct.size === 0) return index
    ends = ends.flatMap((end, i) => {
      if (!construct.has(i)) return [end]
      const seed = seedFrom(sequences[end.sequence]!, end.seed.at + end.step * SEED_LENGTH, end.step)
      return seed ? [{ ...end, seed }] : []
    })
  }
}

/** Numbers of the seeds that bring too many strangers together, judged by a sample of the pairs. */
function constructSeeds(index: SeedIndex, sequences: readonly Uint8Array[]): Set<number> {
  const construct = new Set<number>()
  const seen = new Uint8Array(index.count)
  for (let start = 0; start < index.count; start++) {
    if (seen[start]) continue
    const alike: number[] = []
    for (let seed = index.firstLike(start); seed >= 0; seed = index.next(seed)) {
      seen[seed] = 1
      alike.push(seed)
    }
    if (alike.length <= STRANGERS) continue
    let strangers = 0
    for (let pair = 0; pair < SAMPLED_PAIRS; pair++) {
      const a = alike[(pair * 7919) % alike.length]!
      const b = alike[(pair * 104_729 + (alike.length >> 1)) % alike.length]!
      const opposite = index.reversed(a) !== index.reversed(b)
      if (!agree(sequences[index.sequence(a)]!, index.at(a), sequences[index.sequence(b)]!, index.at(b), opposite)) strangers++
    }
    if ((strangers / SAMPLED_PAIRS) * alike.length > STRANGERS) for (const seed of alike) construct.add(seed)
  }
  return construct
}
