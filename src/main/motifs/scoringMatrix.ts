/** Steps that scores are counted in: a thousandth of a bit. */
export const STEPS_PER_BIT = 1000
/** Counts added to each position, a quarter a base: a base that was never seen is rare, not impossible. */
const PSEUDOCOUNT = 1
const BACKGROUND = 0.25

/** A motif as scores. What is lost to the best base is counted in whole steps, so that the distribution of scores is exact. */
export interface ScoringMatrix {
  /** Log-odds of the best word, in bits against the uniform background. */
  readonly best: number
  /** Steps lost to the best base, [positions, A C G T]; each at least 0, and one at each position is. */
  readonly losses: Int32Array
  readonly width: number
}

/**
 * Scores of a count matrix: log2 of a base's probability, one pseudocount shared by the four, over a quarter (Stormo 2000,
 * doi 10.1093/bioinformatics/16.1.16).
 *
 * @param counts a row a position, in the order A, C, G, T
 */
export function scoringMatrix(counts: readonly (readonly number[])[]): ScoringMatrix {
  const losses = new Int32Array(counts.length * 4)
  let best = 0
  counts.forEach((row, position) => {
    const total = row.reduce((sum, count) => sum + count, PSEUDOCOUNT)
    const bits = row.map((count) => Math.log2((count + PSEUDOCOUNT * BACKGROUND) / total / BACKGROUND))
    const highest = Math.max(...bits)
    best += highest
    bits.forEach((value, base) => (losses[position * 4 + base] = Math.round((highest - value) * STEPS_PER_BIT)))
  })
  return { best, losses, width: counts.length }
}

/** The same motif on the other strand. */
export function reverseMatrix({ best, losses, width }: ScoringMatrix): ScoringMatrix {
  return { best, losses: losses.slice().reverse(), width }
}

/**
 * Probabilities that a random word loses at most so many steps, from 0 up to the most that are as likely as `threshold`: the
 * p-values of all scores worth to report, exact for these scores and a uniform background. By dynamic programming over
 * the positions (Staden 1989; as in FIMO, Grant et al. 2011, doi 10.1093/bioinformatics/btr064), counted from the best word
 * down, so that whatever is lost is lost for good and nothing below the threshold need be followed.
 *
 * @returns empty where even the best word is likelier than `threshold`
 */
export function pValues(matrix: ScoringMatrix, threshold: number): Float64Array {
  // Twelve bits below the best word, or more where that is not far enough.
  for (let steps = 12 * STEPS_PER_BIT; ; steps *= 2) {
    const cumulated = lossDistribution(matrix, steps)
    for (let loss = 1; loss <= steps; loss++) cumulated[loss]! += cumulated[loss - 1]!
    const beyond = cumulated.findIndex((p) => p > threshold)
    if (beyond >= 0) return cumulated.slice(0, beyond)
    if (steps > worstLoss(matrix)) return cumulated
  }
}

/** Probability of each loss from 0 to `most`. */
function lossDistribution({ losses, width }: ScoringMatrix, most: number): Float64Array {
  let before = new Float64Array(most + 1)
  let after = new Float64Array(most + 1)
  before[0] = 1
  for (let position = 0; position < width; position++) {
    after.fill(0)
    for (let base = 0; base < 4; base++) {
      const lost = losses[position * 4 + base]!
      for (let loss = lost; loss <= most; loss++) after[loss]! += before[loss - lost]! * BACKGROUND
    }
    ;[before, after] = [after, before]
  }
  return before
}

function worstLoss({ losses, width }: ScoringMatrix): number {
  let worst = 0
  for (let position = 0; position < width; position++) worst += Math.max(...losses.subarray(position * 4, position * 4 + 4))
  return worst
}
