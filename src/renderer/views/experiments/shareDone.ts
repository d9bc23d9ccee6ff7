import type { Run } from '../../../shared/domain/run.ts'

/** The share of a run that is done, from 0 to 1: whole epochs, and the part of the present one. */
export function shareDone(
  run: Pick<Run, 'state' | 'epochs' | 'recipe'>,
  progress?: { readonly epoch: number; readonly step: number; readonly steps: number },
): number {
  if (run.state === 'completed') return 1
  const within = progress && progress.epoch > run.epochs && progress.steps > 0 ? progress.step / progress.steps : 0
  return Math.min(1, (run.epochs + within) / run.recipe.epochs)
}
