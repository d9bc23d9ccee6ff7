import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { restartableRunStates, type Run } from '../../shared/domain/run.ts'
import type { Core } from '../core.ts'
import { nextQueuedRun, readRun, readRunsInState } from '../db/runs.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import { checkTrainable } from './checkTrainable.ts'
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
  /** Why nothing is trained any more though runs wait: a run's state could not be saved. */
  #broken: string | null = null

  constructor(core: Core, supervisor: EngineSupervisor) {
    this.#core = core
    this.#supervisor = supervisor
  }

  /** Goes on with what is queued, unless that is under way. Where the engine has been given up, it is tried again. */
  wake(): void {
    if (this.#closed) return
    this.#supervisor.forgive()
    this.#work ??= this.#run()
      .finally(() => (this.#work = undefined))
      .catch((fault: unknown) => this.#breakOff(fault))
      .catch((fault: unknown) => this.#core.log.error({ err: fault }, 'the runs that wait could not be told'))
  }

  /**
   * Asks a run to stop: at once where it is queued, after its current step where it trains.
   *
   * @throws WorkbenchError `not-found`; `conflict` where the run has ended already.
   */
  stop(id: number): Run {
    const run = readRun(this.#core.database, id)
    if (run.state === 'queued') return move(this.#core, id, 'cancelled')
    if (!runStatesWithEngine.includes(run.state)) throw new WorkbenchError('conflict', `Run ${id} has ended already.`)
    if (this.#current?.id !== id) return move(this.#core, id, 'interrupted', this.#unsavedMessage(run))
    if (run.state === 'cancelling') return run
    const stopping = move(this.#core, id, 'cancelling')
    this.#current.stop.abort('asked' satisfies StopReason)
    return stopping
  }

  /**
   * Puts a run that stopped short back into the queue; one whose end could not be saved is among them.
   *
   * @throws WorkbenchError `not-found`; `conflict` where the run is completed, queued or under way; as {@link checkTrainable}.
   */
  resume(id: number): Run {
    const { state, dataset, recipe } = this.asItIs(readRun(this.#core.database, id))
    if (!restartableRunStates.includes(state)) {
      throw new WorkbenchError(
        'conflict',
        state === 'completed' ? `Run ${id} is complete; there is nothing left to train.` : `Run ${id} is under way already.`,
      )
    }
    checkTrainable(this.#core.database, dataset, recipe)
    if (runStatesWithEngine.includes(readRun(this.#core.database, id).state)) this.stop(id)
    const run = move(this.#core, id, 'queued')
    this.wake()
    return run
  }

  /** A run as it stands, where the database could not be told: one that nobody trains has ended, one that waits may wait for nothing. */
  asItIs<R extends Run>(run: R): R {
    if (run.state === 'queued') return { ...run, message: this.#broken }
    if (!runStatesWithEngine.includes(run.state) || this.#current?.id === run.id) return run
    return { ...run, state: 'interrupted', message: this.#unsavedMessage(run) }
  }

  /** Stops at the current step: the run under way is left interrupted at its last checkpoint, the queued ones stay queued. */
  async close(): Promise<void> {
    this.#closed = true
    this.#current?.stop.abort('closing' satisfies StopReason)
    await this.#work
  }

  async #run(): Promise<void> {
    this.#broken = null
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

  /** Whoever follows a run must hear of an end that could not be saved, and that nothing comes of those that wait. */
  #breakOff(fault: unknown): void {
    const { database, emit, log } = this.#core
    log.error({ err: fault }, 'the queue of runs broke')
    this.#broken = fault instanceof WorkbenchError ? fault.message : `Something went wrong inside the workbench (${messageOf(fault)}).`
    if (this.#closed) return
    for (const run of readRunsInState(database, [...runStatesWithEngine, 'queued'])) emit('runs.changed', this.asItIs(run))
  }

  #unsavedMessage(run: Run): string {
    return [this.#broken, `The end of this run could not be saved; ${goesOn(run)}.`].filter(Boolean).join(' ')
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

/** A run as {@link interruptLeftRuns} will mark it, for those who only look at a workspace that nobody writes to. */
export function asLeft<R extends Run>(run: R): R {
  return runStatesWithEngine.includes(run.state) ? { ...run, state: 'interrupted', message: leftMessage(run) } : run
}

function leftMessage(run: Run): string {
  return `The workbench was ended in the middle of this run; ${goesOn(run)}.`
}

function goesOn({ epochs }: Run): string {
  return epochs > 0 ? `resume goes on after epoch ${epochs}` : 'resume starts from the beginning'
}
