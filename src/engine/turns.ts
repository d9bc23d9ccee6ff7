import { setImmediate as nextTurn } from 'node:timers/promises'
import { WorkbenchError } from '../shared/domain/errors.ts'

const LONGEST_TURN = 40

/**
 * Lets a long calculation share the process's event loop, so that heartbeats, progress and a Stop come through: it calls
 * the result between its steps. Throws `cancelled` once the signal is aborted.
 */
export function takeTurns(signal: AbortSignal): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began >= LONGEST_TURN) {
      await nextTurn()
      began = performance.now()
    }
    if (signal.aborted) throw new WorkbenchError('cancelled', 'Stopped.')
  }
}
