import type { Split, SplitKind } from '../../shared/domain/split.ts'
import { countOf, formatCount } from './numbers.ts'

/** Kinds of split that can be launched, in the order offered. */
export const splitChoices: readonly { readonly kind: SplitKind; readonly label: string; readonly explanation: string }[] = [
  {
    kind: 'group',
    label: 'By group',
    explanation:
      'Equal, reverse-complement and overlapping sequences stay in one part, so the test is on sequences that the model has never seen. Recommended.',
  },
  {
    kind: 'name',
    label: 'By name',
    explanation:
      'Element by element, as the published seed recipe does. It leaks: the other strand of a test sequence is often in the training part, and results look better than they are.',
  },
]

export const splitLabels: Readonly<Record<SplitKind, string>> = { group: 'by group', name: 'by name', chromosome: 'by chromosome' }

/** A split in a few words: `by name, seed 1 — leaks`. */
export function splitInWords({ kind, seed, leakage }: Pick<Split, 'kind' | 'seed' | 'leakage'>): string {
  return `${splitLabels[kind]}, seed ${seed}${seenInTraining(leakage) > 0 ? ' — leaks' : ''}`
}

function seenInTraining({ exact, reverseComplement, overlap }: Split['leakage']): number {
  return exact + reverseComplement + overlap
}

/** What a split's leakage audit found, in one sentence. */
export function leakageSentence({ leakage }: Pick<Split, 'leakage'>): string {
  const total = seenInTraining(leakage)
  if (total === 0) return 'No test or validation sequence was seen in training, on either strand.'
  const found = [
    leakage.exact && `${formatCount(leakage.exact)} as they are`,
    leakage.reverseComplement && `${formatCount(leakage.reverseComplement)} as reverse complements`,
    leakage.overlap && `${formatCount(leakage.overlap)} by an overlap of 30 bases or more`,
  ].filter(Boolean)
  return `Leaks: ${countOf(total, 'test or validation sequence')} ${total === 1 ? 'was' : 'were'} seen in training, ${joinWords(found as string[])}. Expect results that look better than they are.`
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`
}
