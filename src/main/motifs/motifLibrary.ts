import jaspar from '../../../resources/motifs/jaspar2018.json' with { type: 'json' }
import { CODES } from '../../shared/dna/bases.ts'
import { pValues, reverseMatrix, scoringMatrix, STEPS_PER_BIT, type ScoringMatrix } from './scoringMatrix.ts'

/** A random sequence has a match as good as those reported about once in so many places, for each motif and strand. */
export const P_THRESHOLD = 1e-4

/** Bases of the words by which matches are first looked up: as many as the shortest motif may have, at most. */
const LONGEST_ANCHOR = 8

export interface CountedMotif {
  readonly id: string
  readonly name: string
  /** Of the factor, after TFClass; of a pair of factors both, with `::` between them. */
  readonly family: string
  /** A row a position, in the order A, C, G, T. */
  readonly counts: readonly (readonly number[])[]
}

/** A motif on one strand, ready to be looked for. */
export interface OrientedMotif {
  readonly motif: CountedMotif
  readonly strand: '+' | '-'
  readonly width: number
  /** Log-odds of the best word in bits. */
  readonly best: number
  /** Steps lost, [positions, base codes]; more than any match may lose for a letter that is not one base. */
  readonly losses: Int32Array
  /** p-value of each loss that is a match. */
  readonly p: Float64Array
  /** Where the stretch begins by which it is looked up. */
  readonly anchor: number
}

/** Motifs ready to be looked for all at once. */
export interface MotifLibrary {
  readonly oriented: readonly OrientedMotif[]
  readonly anchorLength: number
  /** For each word of {@link anchorLength} bases, two bits a base, those of `oriented` that may match around it. */
  readonly starts: Int32Array
  readonly candidates: Uint8Array | Uint16Array
  /** Where the motifs are from, and what counts as a match, in words. */
  readonly source: string
}

let shipped: MotifLibrary | undefined

/** The motifs that the workbench ships (JASPAR 2018, CC BY 4.0), made ready at the first call. */
export function motifLibrary(): MotifLibrary {
  return (shipped ??= prepareMotifs(
    jaspar.motifs,
    P_THRESHOLD,
    `${jaspar.motifs.length} matrices of ${jaspar.source}, families as in ${jaspar.families}, ${jaspar.licence}; both strands, log-odds in bits against a uniform background, p ≤ 0.0001 at each place`,
  ))
}

/** @param threshold the largest p-value, at one place, of a match */
export function prepareMotifs(motifs: readonly CountedMotif[], threshold: number, source: string): MotifLibrary {
  const anchorLength = Math.min(LONGEST_ANCHOR, ...motifs.map(({ counts }) => counts.length))
  const oriented = motifs.flatMap((motif) => {
    const matrix = scoringMatrix(motif.counts)
    const p = pValues(matrix, threshold)
    if (p.length === 0) return []
    const strands = [
      ['+', matrix],
      ['-', reverseMatrix(matrix)],
    ] as const
    return strands.map(([strand, { best, losses, width }]): OrientedMotif => {
      const anchor = anchorOf({ best, losses, width }, anchorLength)
      return { motif, strand, width, best, losses: lossesByCode(losses, width, p.length), p, anchor }
    })
  })
  return { oriented, anchorLength, ...indexAnchors(oriented, anchorLength), source }
}

/** The stretch that tells most: where a random word loses most. */
function anchorOf({ losses, width }: ScoringMatrix, length: number): number {
  let [chosen, most] = [0, -1]
  for (let start = 0; start + length <= width; start++) {
    let lost = 0
    for (const loss of losses.subarray(start * 4, (start + length) * 4)) lost += loss
    if (lost > most) [chosen, most] = [start, lost]
  }
  return chosen
}

function lossesByCode(losses: Int32Array, width: number, tooMuch: number): Int32Array {
  const byCode = new Int32Array(width * CODES).fill(tooMuch)
  for (let position = 0; position < width; position++)
    for (let base = 0; base < 4; base++) byCode[position * CODES + (1 << base)] = losses[position * 4 + base]!
  return byCode
}

/** For every word the motifs that can still match when it stands at their anchors. */
function indexAnchors(oriented: readonly OrientedMotif[], length: number): Pick<MotifLibrary, 'starts' | 'candidates'> {
  const words = 4 ** length
  const starts = new Int32Array(words + 1)
  const found: number[] = []
  const lost = new Int32Array(length + 1)
  for (let word = 0; word < words; word++) {
    for (const [m, { losses, anchor, p }] of oriented.entries()) {
      for (let i = 0; i < length; i++) {
        const code = 1 << ((word >> (2 * (length - 1 - i))) & 3)
        lost[i + 1] = lost[i]! + losses[(anchor + i) * CODES + code]!
      }
      if (lost[length]! < p.length) found.push(m)
    }
    starts[word + 1] = found.length
  }
  return { starts, candidates: oriented.length <= 256 ? Uint8Array.from(found) : Uint16Array.from(found) }
}

/** A match's score in bits from what it lost to the best word. */
export function scoreOf({ best }: OrientedMotif, lost: number): number {
  return best - lost / STEPS_PER_BIT
}
