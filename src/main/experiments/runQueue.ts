import { WorkbenchError } from '../../shared/domain/errors.ts'
import { restartableRunStates, type Run } from '../../shared/domain/run.ts'
import type { Core } from '../core.ts'
import { nextQueuedRun, readRun, readRunsInState } from '../db/runs.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import { runStatesWithEngine } from './runStates.ts'
import { move, trainRun, type StopReason } from './trainRun.ts'

/**
 * Trains the queued runs of a workspace, one at a time, in their order. The queue is the database's: what is in it when
 * the workbench closes is still in it when it opens.
 */
export class RunQueue {
  readonly #core: Core
  readonly #supervisor: EngineSupervisor
  #current: { readonly id: number; readonly stop: AbortController } | undefined
  #work: Promise<void> | undefined
  #closed = false

  constructor(core: Core, supervisor: EngineSupervisor) {
    this.#core = core
    this.#supervisor = supervisor
  }

  /** Goes on with what is queued, unless that is under way. Where the engine has been given up, it is tried again. */
  wake(): void {
    if (this.#closed) return
    this.#supervisor.forgive()
    this.#work ??= this.#run()
      .catch((fault: unknown) => this.#core.log.error({ err: fault }, 'the queue of runs broke'))
      .finally(() => (this.#work = undefined))
  }

  /**
   * Asks a run to stop: at once where it is queued, after its current step where it trains.
   *
   * @throws WorkbenchError `not-found`; `conflict` where the run has ended already.
   */
  stop(id: number): Run {
    const run = readRun(this.#core.database, id)
    if (run.state === 'cancelling') return run
    if (run.state === 'queued') return move(this.#core, id, 'cancelled')
    if (this.#current?.id !== id) throw new WorkbenchError('conflict', `Run ${id} has ended already.`)
    const stopping = move(this.#core, id, 'cancelling')
    this.#current.stop.abort('asked' satisfies StopReason)
    return stopping
  }

  /**
   * Puts a run that stopped short back into the queue.
   *
   * @throws WorkbenchError `not-found`; `conflict` where the run is completed, queued or under way.
   */
  resume(id: number): Run {
    const { state } = readRun(this.#core.database, id)
    if (!restartableRunStates.includes(state)) {
      throw new WorkbenchError(
        'conflict',
        state === 'completed' ? `Run ${id} is complete; there is nothing left to train.` : `Run ${id} is under way already.`,
      )
    }
    const run = move(this.#core, id, 'queued')
    this.wake()
    return run
  }

  /** Stops at the current step: the run under way is left interrupted at its last checkpoint, the queued ones stay queued. */
  async close(): Promise<void> {
    this.#closed = true
    this.#current?.stop.abort('closing' satisfies StopReason)
    await this.#work
  }

  async #run(): Promise<void> {
    for (let id = this.#next(); id !== undefined; id = this.#next()) {
      const stop = new AbortController()
      this.#current = { id, stop }
      try {
        await trainRun(this.#core, this.#supervisor, id, stop.signal)
      } finally {
        this.#current = undefined
      }
    }
  }

  #next(): number | undefined {
    return this.#isStuck() ? undefined : nextQueuedRun(this.#core.database)
  }

  #isStuck(): boolean {
    return this.#closed || this.#supervisor.status.state === 'failed'
  }
}

/** Marks what a crash left under way. Done once, before anything is started. */
export function interruptLeftRuns(core: Core): void {
  for (const run of readRunsInState(core.database, runStatesWithEngine)) {
    move(core, run.id, 'interrupted', leftMessage(run))
  }
}

/** What is said of a run that a crash left under way. */
export function leftMessage({ epochs }: Run): string {
  const from = epochs > 0 ? `resume goes on after epoch ${epochs}` : 'resume starts from the beginning'
  return `The workbench was ended in the middle of this run; ${from}.`
}
