import { Worker } from 'node:worker_threads'
import { WorkbenchError } from '../../shared/domain/errors.ts'

/** What a thread says: a step of its work, its result, or why there is none. */
export type ThreadMessage<Result, Told = number> =
  | { readonly told: Told }
  | { readonly result: Result }
  | { readonly fault: { readonly message: string; readonly stack: string | undefined } }

export interface ThreadOptions<Told> {
  readonly signal: AbortSignal
  /** Hears what the thread tells on the way. */
  readonly onTold?: (value: Told) => void
}

/**
 * Does a job in a thread of its own, so that the core goes on answering. The job and its result are copied, but for what the result's
 * message transfers. An abort ends the thread at once.
 *
 * @param entry where {@link threadEntry} finds it
 * @throws WorkbenchError `cancelled`; Error where the work itself failed
 */
export function runInThread<Job, Result, Told = number>(entry: URL, job: Job, { signal, onTold }: ThreadOptions<Told>): Promise<Result> {
  if (signal.aborted) return Promise.reject(stopped())
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  // Flags of this process, such as those of a debugger, are not the thread's.
  const worker = new Worker(entry, { workerData: job, execArgv: [] })
  const abort = () => reject(stopped())
  signal.addEventListener('abort', abort, { once: true })
  worker.on('message', (message: ThreadMessage<Result, Told>) => {
    if ('told' in message) onTold?.(message.told)
    else if ('result' in message) resolve(message.result)
    else reject(Object.assign(new Error(message.fault.message), { stack: message.fault.stack }))
  })
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`A thread of the workbench ended early, with exit code ${code}.`)))
  return promise.finally(() => {
    signal.removeEventListener('abort', abort)
    void worker.terminate()
  })
}

/**
 * Where a thread's entry is: beside the module that names it where the app is built (all of the core lies in `out/main`), and where it
 * runs from source.
 *
 * @param name the entry's file, without its ending; named in electron.vite.config.ts too
 * @param beside `import.meta.url` of a module in the entry's folder
 */
export function threadEntry(name: string, beside: string): URL {
  return new URL(`./${name}${beside.endsWith('.ts') ? '.ts' : '.js'}`, beside)
}

function stopped(): WorkbenchError {
  return new WorkbenchError('cancelled', 'Stopped. Nothing was changed.')
}
