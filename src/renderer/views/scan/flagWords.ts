import { mdiEyeCheckOutline, mdiMapMarkerQuestionOutline, mdiPercentOutline, mdiRulerSquare, mdiSourceBranch } from '@mdi/js'
import type { Scan, Score } from '../../../shared/domain/scan.ts'
import { formatDecimal } from '../../../shared/text/numbers.ts'
import { percent } from './percentileWords.ts'

export type Flag = Score['flags'][number]
export interface FlagWords {
  readonly icon: string
  /** Short enough for a table. */
  readonly word: string
}

/** A mark of its own shape and a word for each doubt. */
export const flagMarks: Readonly<Record<Flag, FlagWords>> = {
  'unlike-training': { icon: mdiMapMarkerQuestionOutline, word: 'Unfamiliar' },
  gc: { icon: mdiPercentOutline, word: 'GC' },
  length: { icon: mdiRulerSquare, word: 'Length' },
  spread: { icon: mdiSourceBranch, word: 'Disagreement' },
  seen: { icon: mdiEyeCheckOutline, word: 'Seen' },
}

/** Why a score is doubted, in a sentence with the sequence's own numbers. */
export function flagSentence(flag: Flag, { gc, distance, length, fitted }: Score, { modelLength }: Pick<Scan, 'modelLength'>): string {
  switch (flag) {
    case 'unlike-training':
      return `Its 4-letter words are farther from those of the training sequences than those of ${distance === null ? 'nearly all' : percent(distance)} of these are from the rest: the model has learned from little that is like it.`
    case 'gc':
      return `${formatDecimal(gc === null ? null : gc * 100, 1)} % of its bases are G or C. Fewer than one in a hundred training sequences has so ${(gc ?? 0) < 0.5 ? 'few' : 'many'}.`
    case 'length':
      return `It has ${length} bases, and the model reads ${modelLength}: ${fitted ?? 'shorter than every training sequence'}.`
    case 'spread':
      return 'In at least one cell type the scores of the ensemble’s members spread by more than half of the standard deviation of the activities measured in the training part.'
    case 'seen':
      return 'The model was trained on this sequence, its reverse complement, or one that overlaps it: its score says little about how well the model predicts what is new.'
  }
}
