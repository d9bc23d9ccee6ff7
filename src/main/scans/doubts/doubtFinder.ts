import type { Core, WorkspaceFolders } from '../../core.ts'
import type { ChunkDoubts } from '../../db/scanChunks.ts'
import { endDoubts, readScan, readScansToAssess, saveDoubts } from '../../db/scans.ts'
import { runInThread, threadEntry } from '../../threads/runInThread.ts'

export interface DoubtsJob {
  readonly folders: Pick<WorkspaceFolders, 'workspace' | 'checkpoints'>
  readonly scan: number
}

/**
 * Looks for the doubts of what scans have scored, each in a thread. What is found is kept chunk by chunk; what an end
 * of the workbench left undone is done at its next opening.
 */
export class DoubtFinder {
  readonly #core: Core
  readonly #done: (scan: number) => void
  readonly #closing = new AbortController()
  readonly #running = new Map<number, { readonly stop: AbortController; readonly found: Promise<void> }>()

  /** @param done told once nothing more can be found out about a scan */
  constructor(core: Core, done: (scan: number) => void) {
    this.#core = core
    this.#done = done
    void this.#findLeft()
  }

  /** Resolves once a scan's doubts are kept, or the looking for them was stopped or failed: the scores stand without. */
  find(scan: number): Promise<void> {
    const known = this.#running.get(scan)
    if (known) return known.found
    const stop = new AbortController()
    const signal = AbortSignal.any([stop.signal, this.#closing.signal])
    const found = this.#find(scan, signal).finally(() => this.#running.delete(scan))
    this.#running.set(scan, { stop, found })
    return found
  }

  /** Ends the looking for a scan's doubts; what was found stays. */
  async stop(scan: number): Promise<void> {
    const known = this.#running.get(scan)
    known?.stop.abort()
    await known?.found
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all([...this.#running.values()].map(({ found }) => found))
  }

  /** One after the other: nobody waits for them. */
  async #findLeft(): Promise<void> {
    for (const scan of readScansToAssess(this.#core.database)) await this.find(scan)
  }

  async #find(scan: number, signal: AbortSignal): Promise<void> {
    const { database, folders, log } = this.#core
    try {
      signal.throwIfAborted()
      const { models, assessed, scored } = readScan(database, scan)
      if (assessed === scored) return
      const job: DoubtsJob = { folders: { workspace: folders.workspace, checkpoints: folders.checkpoints }, scan }
      const onTold = (doubts: ChunkDoubts) => saveDoubts(database, scan, doubts)
      const entry = threadEntry('doubtsThread', import.meta.url)
      const isKnown = models[0]!.available && (await runInThread<DoubtsJob, boolean, ChunkDoubts>(entry, job, { signal, onTold }))
      if (!isKnown) endDoubts(database, scan)
      this.#done(scan)
    } catch (fault) {
      if (!signal.aborted) log.error({ err: fault, scan }, 'the scan could not be compared with its training data')
    }
  }
}
