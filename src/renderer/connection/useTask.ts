import { ref, shallowRef } from 'vue'
import type { CallOptions } from '../../shared/contract/contract.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'

/**
 * A call with its state for the screen: running, progress, error. Starting again forgets the last error. A call that was
 * stopped leaves no error: the user asked for it.
 */
export function useTask<I, O, P = never>(call: (input: I, options: CallOptions<P>) => Promise<O>) {
  const running = ref(false)
  const error = shallowRef<WorkbenchError | null>(null)
  const progress = shallowRef<P | null>(null)
  let controller: AbortController | null = null

  const start = async (...[input]: undefined extends I ? [input?: I] : [input: I]): Promise<O | undefined> => {
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    running.value = true
    error.value = null
    progress.value = null
    try {
      return await call(input as I, { signal: mine.signal, onProgress: (value) => mine === controller && (progress.value = value) })
    } catch (fault) {
      if (mine === controller && !mine.signal.aborted) error.value = asWorkbenchError(fault)
      return undefined
    } finally {
      if (mine === controller) running.value = false
    }
  }

  return { running, error, progress, start, stop: () => controller?.abort(), forget: () => (error.value = null) }
}

export function asWorkbenchError(fault: unknown): WorkbenchError {
  return fault instanceof WorkbenchError ? fault : new WorkbenchError('internal', messageOf(fault), {}, { cause: fault })
}
