import type { Run } from '../src/shared/domain/run.ts'
import type { BenchWorkbench } from './benchWorkbench.ts'

const ENDED = ['completed', 'failed', 'cancelled', 'interrupted']

/** Resolves when a run is completed; throws where it ended otherwise. */
export async function finished({ calls, on }: BenchWorkbench, id: number): Promise<void> {
  const ended = Promise.withResolvers<Run>()
  const see = (run: Run) => {
    if (run.id === id && ENDED.includes(run.state)) ended.resolve(run)
  }
  const stop = on('runs.changed', see)
  see(await calls.experiments.run({ id }))
  const { state, variant } = await ended.promise.finally(stop)
  if (state !== 'completed') throw new Error(`The run of ${variant} ended as ${state}.`)
}
