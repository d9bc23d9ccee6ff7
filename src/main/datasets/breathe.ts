import { setImmediate } from 'node:timers/promises'
import { WorkbenchError } from '../../shared/domain/errors.ts'

/** Lets everything else have its turn when the work in hand has held the process for a while. */
export type Breathe = () => Promise<void> | undefined

const LONGEST_MILLISECONDS = 20

/**
 * For long work in the core's one process: called often, the returned function does nothing, and now and then gives a
 * promise to wait for. It throws `cancelled` once the signal is aborted.
 */
export function breather(signal?: AbortSignal): Breathe {
  let since = performance.now()
  return () => {
    if (signal?.aborted) throw stopped()
    if (performance.now() - since < LONGEST_MILLISECONDS) return undefined
    return setImmediate().then(() => {
      if (signal?.aborted) throw stopped()
      since = performance.now()
    })
  }
}

function stopped(): WorkbenchError {
  return new WorkbenchError('cancelled', 'Stopped. Nothing was changed.')
}
