import { activeRunStates, type Run } from '../../../shared/domain/run.ts'

/** The runs that were launched together. */
export interface ExperimentGroup {
  readonly id: number
  readonly dataset: number
  readonly datasetName: string
  readonly splitName: string
  readonly createdAt: string
  readonly runs: readonly Run[]
  readonly active: number
  readonly completed: number
}

/** Runs by experiment, the newest experiment first, its runs in the order of the queue. */
export function experimentGroups(runs: readonly Run[]): readonly ExperimentGroup[] {
  const groups = new Map<number, Run[]>()
  for (const run of runs) groups.set(run.experiment, [...(groups.get(run.experiment) ?? []), run])
  return [...groups]
    .sort(([a], [b]) => b - a)
    .map(([id, members]) => {
      const ordered = members.sort((a, b) => a.id - b.id)
      const first = ordered[0]!
      return {
        id,
        dataset: first.dataset,
        datasetName: first.datasetName,
        splitName: first.splitName,
        createdAt: first.createdAt,
        runs: ordered,
        active: ordered.filter((run) => activeRunStates.includes(run.state)).length,
        completed: ordered.filter((run) => run.state === 'completed').length,
      }
    })
}

/** The share of a run that is done, from 0 to 1: whole epochs, and the part of the present one. */
export function shareDone(
  run: Pick<Run, 'state' | 'epochs' | 'recipe'>,
  progress?: { readonly epoch: number; readonly step: number; readonly steps: number },
): number {
  if (run.state === 'completed') return 1
  const within = progress && progress.epoch > run.epochs && progress.steps > 0 ? progress.step / progress.steps : 0
  return Math.min(1, (run.epochs + within) / run.recipe.epochs)
}
