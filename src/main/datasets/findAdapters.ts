import { codesOf, decodeBases } from '../../shared/dna/bases.ts'
import type { Adapters } from '../../shared/domain/dataset.ts'

/** The pair of the lentiMPRA constructs (science.md). */
export const knownAdapters = { prefix: 'AGGACCGGATCAACT', suffix: 'CATTGCGTGAACCGA' } as const

const SHARED_BY = 0.99
/** Fewer sequences, or fewer bases, may agree by chance. */
const FEWEST_SEQUENCES = 20
const FEWEST_BASES = 6

/**
 * The longest start and end that at least 99 % of the sequences share. Where the known pair is part of them, it says where
 * the construct ends: bases that follow it and happen to be shared are the elements' own.
 */
export function findAdapters(sequences: readonly Uint8Array[]): Adapters {
  const none = { prefix: '', suffix: '', known: false }
  if (sequences.length < FEWEST_SEQUENCES) return none
  const shortest = sequences.reduce((length, codes) => Math.min(length, codes.length), Infinity)
  const start = decodeBases(Uint8Array.from(sharedStart(sequences, (codes, i) => codes[i])))
  const end = decodeBases(Uint8Array.from(sharedStart(sequences, (codes, i) => codes[codes.length - 1 - i])).reverse())
  const knownStart = start.indexOf(knownAdapters.prefix)
  const knownEnd = end.lastIndexOf(knownAdapters.suffix)
  const prefix = knownStart < 0 ? start : start.slice(0, knownStart + knownAdapters.prefix.length)
  const suffix = knownEnd < 0 ? end : end.slice(knownEnd)
  const kept = {
    prefix: prefix.length < FEWEST_BASES ? '' : prefix,
    suffix: suffix.length < FEWEST_BASES ? '' : suffix,
    known: knownStart >= 0 && knownEnd >= 0,
  }
  // Nothing would be left of the shortest element: these are alike throughout, and no construct explains it.
  return kept.prefix.length + kept.suffix.length >= shortest ? none : kept
}

/** A sequence without the adapters that it has; one that lacks an adapter is left as it is at that end. */
export function cutEachAdapter(codes: Uint8Array, adapters: Pick<Adapters, 'prefix' | 'suffix'>): Uint8Array {
  const prefix = codesOf(adapters.prefix)
  const suffix = codesOf(adapters.suffix)
  const from = prefix.every((code, i) => codes[i] === code) ? prefix.length : 0
  const end = codes.length - suffix.length
  const to = suffix.every((code, i) => codes[end + i] === code) ? end : codes.length
  return codes.subarray(from, Math.max(from, to))
}

function sharedStart(sequences: readonly Uint8Array[], base: (codes: Uint8Array, i: number) => number | undefined): number[] {
  const enough = Math.ceil(sequences.length * SHARED_BY)
  const shared: number[] = []
  let agreeing = sequences
  for (let i = 0; ; i++) {
    const counts = new Int32Array(16)
    for (const codes of agreeing) {
      const code = base(codes, i)
      if (code !== undefined) counts[code]!++
    }
    const most = counts.indexOf(Math.max(...counts))
    if (counts[most]! < enough) return shared
    if (counts[most]! < agreeing.length) agreeing = agreeing.filter((codes) => base(codes, i) === most)
    shared.push(most)
  }
}
