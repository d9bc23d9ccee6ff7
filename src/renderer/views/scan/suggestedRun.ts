import type { Run } from '../../../shared/domain/run.ts'

/** The model to begin with: of the dataset that was trained on last, the completed run with the best test Pearson. */
export function suggestedRun(completed: readonly Run[]): Run | undefined {
  const newest = completed.reduce<Run | undefined>((last, run) => (last && last.id > run.id ? last : run), undefined)
  return completed
    .filter((run) => run.dataset === newest?.dataset)
    .reduce<Run | undefined>((best, run) => (best && (best.testPearson ?? -1) >= (run.testPearson ?? -1) ? best : run), undefined)
}
