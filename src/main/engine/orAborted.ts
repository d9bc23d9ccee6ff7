import { WorkbenchError } from '../../shared/domain/errors.ts'

/** Waits for a promise, or for a signal that nobody wants it any more: WorkbenchError `cancelled` then. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const stop = () => reject(new WorkbenchError('cancelled', 'Stopped.'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
