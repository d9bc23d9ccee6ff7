import { CODES, reverseComplement } from '../../shared/dna/bases.ts'
import { SEED_LENGTH } from './seedIndex.ts'

/** Share of the overlapping bases that may differ: windows around an allele are one window. */
const MISMATCHES = 0.05

const complementOf = Uint8Array.from({ length: CODES }, (_, code) => reverseComplement(Uint8Array.of(code))[0]!)

/**
 * Whether two sequences, laid on each other so that the k-mer at `atA` of one is that at `atB` of the other, agree wherever
 * both have bases. With `opposite` the other is read on its other strand.
 */
export function agree(a: Uint8Array, atA: number, b: Uint8Array, atB: number, opposite: boolean): boolean {
  const shift = atA - (opposite ? b.length - SEED_LENGTH - atB : atB)
  const from = Math.max(0, shift)
  const to = Math.min(a.length, shift + b.length)
  let allowed = Math.floor((to - from) * MISMATCHES)
  for (let i = from; i < to; i++) {
    const other = opposite ? complementOf[b[b.length - 1 - (i - shift)]!]! : b[i - shift]!
    if ((a[i]! & other) === 0 && --allowed < 0) return false
  }
  return true
}
