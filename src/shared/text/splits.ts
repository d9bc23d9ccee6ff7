import type { LeakagePair, Part, Relation, Split, SplitKind } from '../domain/split.ts'
import { countOf, formatCount } from './numbers.ts'

/** Kinds of split that can be made, in the order offered. */
export const splitChoices: readonly { readonly kind: SplitKind; readonly label: string; readonly explanation: string }[] = [
  {
    kind: 'group',
    label: 'By group',
    explanation:
      'Equal, reverse-complement and overlapping sequences stay in one part, so the test is on sequences that the model has never seen. Recommended.',
  },
  {
    kind: 'kfold',
    label: 'In folds',
    explanation:
      'By group into folds of equal size. Each fold in turn is the test and the next one validates, so that every element is tested once: an experiment a fold.',
  },
  {
    kind: 'chromosome',
    label: 'By chromosome',
    explanation: 'Whole chromosomes are held out. Related sequences on chromosomes of two parts are all used for training.',
  },
  {
    kind: 'column',
    label: 'By a column of the file',
    explanation: 'As a column of the file says, whatever it says: the audit tells what the parts then share.',
  },
  {
    kind: 'name',
    label: 'By name',
    explanation:
      'Element by element, as the published seed recipe does. It leaks: the other strand of a test sequence is often in the training part, and results look better than they are.',
  },
]

export const splitLabels: Readonly<Record<SplitKind, string>> = {
  group: 'by group',
  kfold: 'in folds',
  chromosome: 'by chromosome',
  column: 'by column',
  name: 'by name',
}

export const partWords: Readonly<Record<Part, string>> = { train: 'training', validation: 'validation', test: 'test' }

export const relationWords: Readonly<Record<Relation, string>> = {
  exact: 'the same sequence',
  reverseComplement: 'reverse complement',
  overlap: 'overlap of 30 bases or more',
}

/** A split in a few words: its name, and whether it leaks. */
export function splitInWords({ name, leakage }: Pick<Split, 'name' | 'leakage'>): string {
  return `${name}${shared(leakage) > 0 ? ' — leaks' : ''}`
}

/** Sequences of a pair of parts, or of training and the others, that are related. */
export function shared({ exact, reverseComplement, overlap }: Split['leakage']): number {
  return exact + reverseComplement + overlap
}

/** What a split's leakage audit found, in one sentence. */
export function leakageSentence({ leakage, audit }: Pick<Split, 'leakage'> & { readonly audit?: readonly LeakagePair[] }): string {
  const total = shared(leakage)
  const between = audit?.find(({ seenIn }) => seenIn === 'validation')
  const alsoBetween = between ? shared(between) : 0
  if (total === 0)
    return alsoBetween === 0
      ? 'No test or validation sequence was seen in training, on either strand.'
      : `No test or validation sequence was seen in training, but ${countOf(alsoBetween, 'test sequence')} in validation.`
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
