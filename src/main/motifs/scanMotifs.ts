import { CODES } from '../../shared/dna/bases.ts'
import type { MotifHit } from '../../shared/domain/locus.ts'
import { motifLibrary, scoreOf, type MotifLibrary, type OrientedMotif } from './motifLibrary.ts'

const NOT_ONE_BASE = 255
const twoBits = new Uint8Array(CODES).fill(NOT_ONE_BASE)
for (const [bits, code] of [1, 2, 4, 8].entries()) twoBits[code] = bits

/**
 * Every match of the library's motifs in a sequence, on both strands, by start, then by end. A match holds A, C, G and T alone.
 *
 * A rolling word of eight bases is looked up at each place; only the motifs that may match around it are scored to their ends,
 * so that each place costs little more than a look (as in MOODS, Pizzi et al. 2011, doi 10.1109/TCBB.2009.35).
 *
 * @param codes base codes
 */
export function scanMotifs(codes: Uint8Array, library: MotifLibrary = motifLibrary()): MotifHit[] {
  const hits: MotifHit[] = []
  eachMatch(codes, library, (oriented, start, lost) => {
    const { motif, strand, width, p } = oriented
    const { name, id, family } = motif
    hits.push({ motif: name, id, family, start, end: start + width, strand, score: scoreOf(oriented, lost), p: p[lost]! })
  })
  return hits.sort((a, b) => a.start - b.start || a.end - b.end || a.p - b.p)
}

/** The family of the match with the lowest p-value, of equal ones that with the highest score; null without a match. */
export function bestFamily(codes: Uint8Array, library: MotifLibrary = motifLibrary()): string | null {
  let [family, lowest, highest]: [string | null, number, number] = [null, Infinity, -Infinity]
  eachMatch(codes, library, (oriented, _, lost) => {
    const p = oriented.p[lost]!
    if (p > lowest) return
    const score = scoreOf(oriented, lost)
    if (p < lowest || score > highest) [family, lowest, highest] = [oriented.motif.family, p, score]
  })
  return family
}

/** @param found is told where a match starts, and the steps that it lost to the motif's best word */
function eachMatch(
  codes: Uint8Array,
  { oriented, anchorLength, starts, candidates }: MotifLibrary,
  found: (motif: OrientedMotif, start: number, lost: number) => void,
): void {
  const mask = 4 ** anchorLength - 1
  let word = 0
  let bases = 0
  for (let i = 0; i < codes.length; i++) {
    const bits = twoBits[codes[i]!]!
    if (bits === NOT_ONE_BASE) {
      bases = 0
      continue
    }
    word = ((word << 2) | bits) & mask
    if (++bases < anchorLength) continue
    for (let c = starts[word]!; c < starts[word + 1]!; c++) {
      const motif = oriented[candidates[c]!]!
      const start = i + 1 - anchorLength - motif.anchor
      if (start < 0 || start + motif.width > codes.length) continue
      const lost = lossAt(codes, start, motif)
      if (lost < motif.p.length) found(motif, start, lost)
    }
  }
}

function lossAt(codes: Uint8Array, start: number, { losses, width, p }: OrientedMotif): number {
  let lost = 0
  for (let j = 0; j < width && lost < p.length; j++) lost += losses[j * CODES + codes[start + j]!]!
  return lost
}
