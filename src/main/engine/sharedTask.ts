import { WorkbenchError } from '../../shared/domain/errors.ts'
import { orAborted } from './orAborted.ts'

type Listener<P extends unknown[]> = (...progress: P) => void

interface UnderWay<T, P extends unknown[]> {
  readonly result: Promise<T>
  readonly stop: AbortController
  readonly listeners: Set<Listener<P>>
}

/** A long piece of work that callers at the same time share; it ends when none of them waits for it any more. */
export class SharedTask<T, P extends unknown[]> {
  readonly #work: (tell: Listener<P>, signal: AbortSignal) => Promise<T>
  #underWay: UnderWay<T, P> | undefined

  constructor(work: (tell: Listener<P>, signal: AbortSignal) => Promise<T>) {
    this.#work = work
  }

  /**
   * Starts the work, or waits for what is under way.
   *
   * @throws WorkbenchError `cancelled` after the signal, or {@link end}; or what the work throws
   */
  async join(listener: Listener<P>, signal?: AbortSignal): Promise<T> {
    const task = (this.#underWay ??= this.#start())
    task.listeners.add(listener)
    try {
      return await orAborted(task.result, signal)
    } finally {
      task.listeners.delete(listener)
      if (task.listeners.size === 0) {
        task.stop.abort()
        if (this.#underWay === task) this.#underWay = undefined
      }
    }
  }

  /** Ends the work under way for all who wait. */
  end(): void {
    this.#underWay?.stop.abort()
    this.#underWay = undefined
  }

  #start(): UnderWay<T, P> {
    const stop = new AbortController()
    const listeners = new Set<Listener<P>>()
    const tell: Listener<P> = (...progress) => {
      for (const listener of listeners) listener(...progress)
    }
    // Begun in a later turn, so that the first listener hears of its beginning.
    const result = Promise.resolve().then(() => this.#work(tell, stop.signal))
    const cancelled = new Promise<never>((_, reject) =>
      stop.signal.addEventListener('abort', () => reject(new WorkbenchError('cancelled', 'Stopped.')), { once: true }),
    )
    cancelled.catch(() => {})
    return { result: Promise.race([result, cancelled]), stop, listeners }
  }
}
