import type { RunState } from '../../shared/domain/run.ts'

/**
 * Where a run may go from each state. `queued` again is the resume of a run that stopped short, or the way back of one that was
 * under way when the queue was paused; `completed` is final. A run that was asked to stop may still complete: its last epoch can
 * end before the request is heard.
 */
const next: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['starting', 'cancelled'],
  starting: ['running', 'queued', 'cancelling', 'failed', 'interrupted'],
  running: ['queued', 'cancelling', 'completed', 'failed', 'interrupted'],
  cancelling: ['cancelled', 'completed', 'failed', 'interrupted'],
  completed: [],
  cancelled: ['queued'],
  failed: ['queued'],
  interrupted: ['queued'],
}

/** States of a run that has the engine: what a crash leaves behind in them is marked as interrupted. */
export const runStatesWithEngine: readonly RunState[] = ['starting', 'running', 'cancelling']

/** True when a run may go from one state to the other. */
export function mayFollow(from: RunState, to: RunState): boolean {
  return next[from].includes(to)
}
