import { parts, type Leakage, type LeakagePair } from '../../../shared/domain/split.ts'
import type { Breathe } from '../breathe.ts'
import type { SequenceClasses } from '../classifySequences.ts'
import { findLeaks } from './findLeaks.ts'
import { TEST, TRAIN, VALIDATION } from './splitContent.ts'

/** The pairs that an audit looks at, the part that is judged first. */
const PAIRS = [
  [VALIDATION, TRAIN],
  [TEST, TRAIN],
  [TEST, VALIDATION],
] as const
const EXAMPLES = 5

/**
 * Counts the elements of each part that another part has too: as the same sequence, its reverse complement, or a window that
 * overlaps it, each under the closest relation. `leakage` counts what training has seen of validation and test.
 *
 * @param names of the sequences
 * @param assignment index in `parts` of each sequence
 */
export async function auditLeakage(
  classes: SequenceClasses,
  names: readonly string[],
  assignment: Uint8Array,
  breathe: Breathe,
): Promise<{ leakage: Leakage; audit: LeakagePair[] }> {
  const leaks = await findLeaks(classes, assignment, breathe)
  const audit = PAIRS.map(([part, seenIn]): LeakagePair => {
    const own = leaks.filter((leak) => leak.part === part && leak.otherPart === seenIn)
    const examples = own
      .slice(0, EXAMPLES)
      .map(({ element, other, relation }) => ({ name: names[element]!, other: names[other]!, relation }))
    return { part: parts[part], seenIn: parts[seenIn], ...countOf(own), examples }
  })
  return { leakage: countOf(leaks.filter(({ otherPart }) => otherPart === TRAIN)), audit }
}

function countOf(leaks: readonly { readonly relation: keyof Leakage }[]): Leakage {
  const counts = { exact: 0, reverseComplement: 0, overlap: 0 }
  for (const { relation } of leaks) counts[relation]++
  return counts
}
