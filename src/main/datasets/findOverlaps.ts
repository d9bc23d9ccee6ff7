import { agree } from './agree.ts'
import type { Breathe } from './breathe.ts'
import { indexEnds } from './indexEnds.ts'
import { kmersOf, SEED_LENGTH } from './seedIndex.ts'

/** Bases that two windows must share to count as overlapping. */
export const MINIMUM_OVERLAP = SEED_LENGTH

/** What a search is after. A pair is compared only while it is wanted, so that a thousand alleles are not a million pairs. */
export interface OverlapSearch {
  readonly wanted: (a: number, b: number) => boolean
  readonly found: (a: number, b: number) => void
  readonly progress?: (done: number) => void
}

/**
 * Finds windows that overlap by {@link MINIMUM_OVERLAP} bases or more, on either strand, with at most one base in twenty of
 * the overlap different. An ambiguous letter fits every base that it may stand for.
 *
 * Wherever two windows overlap, each end of the overlap is an end of one of them. So the first and the last 30-mer of each
 * sequence are indexed, every 30-mer of each sequence is looked up, and only what is found is compared: no comparison of
 * all pairs. What differs in both of its ends' 30-mers is therefore not found, nor what only construct has in common
 * ({@link indexEnds}).
 *
 * @param sequences base codes, adapters off, each once and on one strand
 */
export async function findOverlaps(
  sequences: readonly Uint8Array[],
  { wanted, found, progress }: OverlapSearch,
  breathe: Breathe,
): Promise<void> {
  const index = await indexEnds(sequences, breathe)
  for (const [here, codes] of sequences.entries()) {
    if (here % 64 === 0) {
      progress?.(here)
      await breathe()
    }
    kmersOf(codes, (at, high, low, reversed) => {
      for (let seed = index.first(high, low); seed >= 0; seed = index.next(seed)) {
        const there = index.sequence(seed)
        if (there === here || !wanted(here, there)) continue
        if (agree(codes, at, sequences[there]!, index.at(seed), index.reversed(seed) !== reversed)) found(here, there)
      }
    })
  }
}
