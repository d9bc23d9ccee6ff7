import { dealGroups } from './dealGroups.ts'
import { TEST, TRAIN, VALIDATION, type Assignment, type SplitContent } from './splitContent.ts'

/**
 * One round of a k-fold cross-validation: whole groups are dealt to folds of equal size, stratified by activity; the fold in
 * hand is the test part, the next (after the last the first) the validation part, the others are for training. The seed fixes
 * the folds, so that over all rounds each element is tested once and validates once.
 */
export function splitIntoFolds(
  content: Pick<SplitContent, 'groups' | 'activities'>,
  { seed, folds, fold }: { readonly seed: number; readonly folds: number; readonly fold: number },
): Assignment {
  const { binOf, count } = dealGroups(content, seed, new Array<number>(folds).fill(1))
  const partOf = (bin: number) => (bin === fold - 1 ? TEST : bin === fold % folds ? VALIDATION : TRAIN)
  return { parts: Uint8Array.from(content.groups, (group) => partOf(binOf[group]!)), groups: count }
}
