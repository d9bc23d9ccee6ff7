import { CODES, codesOf, decodeBases, PADDING } from '../../shared/dna/bases.ts'
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
  return adapterCutter(adapters)(codes)
}

/** {@link cutEachAdapter} for many sequences. */
export function adapterCutter(adapters: Pick<Adapters, 'prefix' | 'suffix'>): (codes: Uint8Array) => Uint8Array {
  const prefix = codesOf(adapters.prefix)
  const suffix = codesOf(adapters.suffix)
  return (codes) => cutEnds(codes, prefix, suffix)
}

function cutEnds(codes: Uint8Array, prefix: Uint8Array, suffix: Uint8Array): Uint8Array {
  const from = prefix.every((code, i) => codes[i] === code) ? prefix.length : 0
  const end = codes.length - suffix.length
  const to = suffix.every((code, i) => codes[end + i] === code) ? end : codes.length
  return codes.subarray(from, Math.max(from, to))
}

/** Bases that are laid side by side at once: sequences lie far apart in memory, and are each looked up once for so many. */
const BASES_AT_ONCE = 32

function sharedStart(sequences: readonly Uint8Array[], base: (codes: Uint8Array, i: number) => number | undefined): number[] {
  const enough = Math.ceil(sequences.length * SHARED_BY)
  const shared: number[] = []
  let agreeing = Int32Array.from(sequences.keys())
  for (let from = 0; ; from += BASES_AT_ONCE) {
    const columns = layColumns(sequences, base, from)
    for (let i = 0; i < BASES_AT_ONCE; i++) {
      const column = columns.subarray(i * sequences.length, (i + 1) * sequences.length)
      const counts = new Int32Array(CODES)
      for (let k = 0; k < agreeing.length; k++) counts[column[agreeing[k]!]!]!++
      // A sequence that has ended agrees with none.
      counts[PADDING] = 0
      const most = counts.indexOf(Math.max(...counts))
      if (counts[most]! < enough) return shared
      if (counts[most]! < agreeing.length) agreeing = agreeing.filter((sequence) => column[sequence] === most)
      shared.push(most)
    }
  }
}

/** Bases from `from` on, those at one place of all sequences after each other: [BASES_AT_ONCE, sequences]. */
function layColumns(
  sequences: readonly Uint8Array[],
  base: (codes: Uint8Array, i: number) => number | undefined,
  from: number,
): Uint8Array {
  const columns = new Uint8Array(BASES_AT_ONCE * sequences.length)
  for (let s = 0; s < sequences.length; s++) {
    const codes = sequences[s]!
    for (let i = 0; i < BASES_AT_ONCE; i++) columns[i * sequences.length + s] = base(codes, from + i) ?? PADDING
  }
  return columns
}
