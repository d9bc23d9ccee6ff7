import type { Leakage } from '../../../shared/domain/split.ts'
import type { Breathe } from '../breathe.ts'
import type { SequenceClasses } from '../classifySequences.ts'
import { findOverlaps } from '../findOverlaps.ts'

const TRAIN = 0

/**
 * Counts the elements of the validation and test parts that the training part has seen, each once, under the closest
 * relation: the same sequence, its reverse complement, a window that overlaps it.
 *
 * @param assignment index in `parts` of each sequence
 */
export async function auditLeakage(
  { classes, strands, representatives }: SequenceClasses,
  assignment: Uint8Array,
  breathe: Breathe,
): Promise<Leakage> {
  const trained = [new Uint8Array(representatives.length), new Uint8Array(representatives.length)] as const
  for (let i = 0; i < assignment.length; i++) if (assignment[i] === TRAIN) trained[strands[i]!]![classes[i]!] = 1
  const isTrained = (of: number) => trained[0][of] === 1 || trained[1][of] === 1
  const overlapsTrained = new Uint8Array(representatives.length)
  const isClear = (of: number) => !isTrained(of) && overlapsTrained[of] === 0
  const search = {
    wanted: (a: number, b: number) => (isTrained(a) && isClear(b)) || (isTrained(b) && isClear(a)),
    found: (a: number, b: number) => void (overlapsTrained[isTrained(a) ? b : a] = 1),
  }
  await findOverlaps(representatives, search, breathe)
  const leakage = { exact: 0, reverseComplement: 0, overlap: 0 }
  for (let i = 0; i < assignment.length; i++) {
    if (assignment[i] === TRAIN) continue
    const [of, strand] = [classes[i]!, strands[i]!]
    if (trained[strand]![of] === 1) leakage.exact++
    else if (trained[1 - strand]![of] === 1) leakage.reverseComplement++
    else if (overlapsTrained[of] === 1) leakage.overlap++
  }
  return leakage
}
