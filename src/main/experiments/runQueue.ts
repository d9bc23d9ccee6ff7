import type { TrainingProgress } from '../../shared/contract/engine.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Queue } from '../../shared/domain/queue.ts'
import { restartableRunStates, type Run } from '../../shared/domain/run.ts'
import type { Core } from '../core.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readLastEngine, readRun, readRunsInState } from '../db/runs.ts'
import { isQueuePaused, moveWaitingRun, readWaitingRuns, setQueuePaused } from '../db/waitingRuns.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import { checkTrainable } from './checkTrainable.ts'
import { runStatesWithEngine } from './runStates.ts'
import type { TrainingEngines } from './trainingEngines.ts'
import { move, trainRun, type StopReason } from './trainRun.ts'

/** A run that trains. */
interface UnderWay {
  readonly id: number
  readonly engine: EngineSupervisor
  readonly stop: AbortController
  /** Settles when it has ended, one way or another. */
  ended: Promise<void>
  secondsLeft: number | null
}

const PAUSED = 'The queue is paused; nothing trains until it is continued.'

/**
 * Trains the queued runs of a workspace in their order, as many at once as {@link TrainingEngines} has engines for. The queue is
 * the database's, and so is its pause: what is in it when the workbench closes is still in it, in its order, when it opens.
 */
export class RunQueue {
  readonly #core: Core
  readonly #engines: TrainingEngines
  /** In the order in which they were begun. */
  readonly #underWay = new Map<number, UnderWay>()
  /** Runs that the pause has put back, in the order in which they had been begun. */
  #putBack: number[] = []
  #paused: boolean
  #closed = false
  /** Why nothing is trained any more though runs wait: a run's state could not be saved. */
  #broken: string | null = null

  constructor(core: Core, engines: TrainingEngines) {
    this.#core = core
    this.#engines = engines
    this.#paused = isQueuePaused(core.database)
  }

  /** The queue as it stands. */
  get now(): Queue {
    return readQueue(this.#core.database, this.#engines)
  }

  /** The runs that train, in the order in which they were begun; `secondsLeft` null before the engine has told it. */
  get underWay(): readonly Pick<UnderWay, 'id' | 'secondsLeft'>[] {
    return [...this.#underWay.values()]
  }

  /** Goes on with what is queued, unless that is paused. Where the engine has been given up, it is tried again. */
  wake(): void {
    if (this.#closed) return
    this.#engines.forgive()
    this.#broken = null
    this.#begin()
    this.#tell()
  }

  /** Has nothing begun any more. What trains stops after its step and waits, first in line, at its last checkpoint. */
  pause(): Queue {
    setQueuePaused(this.#core.database, true)
    this.#paused = true
    this.#putBack = [...new Set([...this.#putBack, ...this.#underWay.keys()])]
    for (const { stop } of this.#underWay.values()) stop.abort('paused' satisfies StopReason)
    return this.#tell()
  }

  /** Ends {@link pause}. */
  continue(): Queue {
    setQueuePaused(this.#core.database, false)
    this.#paused = false
    this.wake()
    return this.now
  }

  /**
   * Puts a run that waits before another one that does, or last where `before` is null.
   *
   * @throws WorkbenchError `conflict` where one of them does not wait
   */
  moveWithin(id: number, before: number | null): Queue {
    moveWaitingRun(this.#core.database, id, before)
    return this.#tell()
  }

  /**
   * Asks a run to stop: at once where it is queued, after its current step where it trains.
   *
   * @throws WorkbenchError `not-found`; `conflict` where the run has ended already.
   */
  stop(id: number): Run {
    const run = readRun(this.#core.database, id)
    if (run.state === 'queued') {
      const stopped = move(this.#core, id, 'cancelled')
      this.#tell()
      return stopped
    }
    if (!runStatesWithEngine.includes(run.state)) throw new WorkbenchError('conflict', `Run ${id} has ended already.`)
    const current = this.#underWay.get(id)
    if (!current) return move(this.#core, id, 'interrupted', this.#unsavedMessage(run))
    if (run.state === 'cancelling') return run
    const stopping = move(this.#core, id, 'cancelling')
    current.stop.abort('asked' satisfies StopReason)
    return stopping
  }

  /**
   * Puts a run that stopped short back into the queue; one whose end could not be saved is among them.
   *
   * @throws WorkbenchError `not-found`; `conflict` where the run is completed, queued, under way or in the bin; as
   *   {@link checkTrainable}.
   */
  resume(id: number): Run {
    const { state, dataset, recipe, binnedAt } = this.asItIs(readRun(this.#core.database, id))
    if (binnedAt !== null) throw new WorkbenchError('conflict', `Run ${id} is in the bin.`, { hint: 'Take it out of the bin first.' })
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
    return this.asItIs(run)
  }

  /** A run as it stands, where the database could not be told: one that nobody trains has ended, one that waits may wait for nothing. */
  asItIs<R extends Run>(run: R): R {
    if (run.state === 'queued') return { ...run, message: this.#broken ?? (this.#paused ? PAUSED : null) }
    if (!runStatesWithEngine.includes(run.state) || this.#underWay.has(run.id)) return run
    return { ...run, state: 'interrupted', message: this.#unsavedMessage(run) }
  }

  /** Stops at the current step: runs under way are left interrupted at their last checkpoint, the queued ones stay queued. */
  async close(): Promise<void> {
    this.#closed = true
    const ended = [...this.#underWay.values()].map((each) => each.ended)
    for (const { stop } of this.#underWay.values()) stop.abort('closing' satisfies StopReason)
    await Promise.all(ended)
  }

  /** Begins as many runs as may train. */
  #begin(): void {
    for (;;) {
      if (this.#closed || this.#paused || this.#broken !== null || this.#engines.status.state === 'failed') return
      // One that is being begun is still queued where the database does not take that it starts.
      const [next, ...others] = readWaitingRuns(this.#core.database).filter((id) => !this.#underWay.has(id))
      if (next === undefined) return
      const engine = this.#engines.take(others.length > 0, readLastEngine(this.#core.database))
      if (engine === null) return
      this.#putBack = this.#putBack.filter((id) => id !== next)
      this.#train(next, engine)
    }
  }

  #train(id: number, engine: EngineSupervisor): void {
    const current: UnderWay = { id, engine, stop: new AbortController(), ended: Promise.resolve(), secondsLeft: null }
    this.#underWay.set(id, current)
    const training = trainRun(this.#core, engine, id, {
      stop: current.stop.signal,
      onProgress: (progress) => this.#hear(current, progress),
    })
    current.ended = training
      .finally(() => {
        this.#underWay.delete(id)
        this.#engines.giveBack(engine)
      })
      .then(() => this.#putInPlace(id))
      .catch((fault: unknown) => this.#breakOff(fault))
      .then(() => {
        this.#begin()
        this.#tell()
      })
      .catch((fault: unknown) => this.#core.log.error({ err: fault }, 'the runs that wait could not be told'))
  }

  #hear(current: UnderWay, progress: TrainingProgress): void {
    if (progress.kind === 'step') current.secondsLeft = progress.secondsLeft
    if (progress.kind !== 'started' || this.#engines.engine === progress.engine) return
    this.#engines.heard(progress.engine)
    // Now it is known how many may train at once.
    this.#begin()
    this.#tell()
  }

  /** Of several runs that a pause puts back the one that was begun first goes on first, whichever came to its end first. */
  #putInPlace(id: number): void {
    const waiting = readWaitingRuns(this.#core.database)
    if (!this.#putBack.includes(id) || !waiting.includes(id)) return
    const earlier = this.#putBack.slice(0, this.#putBack.indexOf(id))
    const before = waiting.find((each) => each !== id && !earlier.includes(each)) ?? null
    moveWaitingRun(this.#core.database, id, before)
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

  #tell(): Queue {
    const { now } = this
    if (!this.#closed) this.#core.emit('queue.changed', now)
    return now
  }
}

/** The queue as the database has it. */
export function readQueue(database: ReadableDatabase, engines: TrainingEngines): Queue {
  const engine = engines.engine ?? readLastEngine(database)
  return { paused: isQueuePaused(database), waiting: readWaitingRuns(database), atOnce: engines.atOnce(engine) }
}

/**
 * Marks what a crash left under way. Done once, before anything is started. Where the queue had just been paused, what was under
 * way waits, first in line, as it would have without the crash.
 */
export function interruptLeftRuns(core: Core): void {
  const paused = isQueuePaused(core.database)
  // Each goes before those that wait, so that the first is put there last.
  for (const run of readRunsInState(core.database, runStatesWithEngine).toReversed()) {
    if (paused && run.state !== 'cancelling') move(core, run.id, 'queued')
    else move(core, run.id, 'interrupted', leftMessage(run))
  }
}

/**
 * Runs as those see them who only look at a workspace.
 *
 * @param written whether somebody writes to it, and so trains
 */
export function asSeen(database: ReadableDatabase, written: boolean): <R extends Run>(run: R) => R {
  const paused = isQueuePaused(database)
  return (run) => {
    const left = !written && runStatesWithEngine.includes(run.state)
    if (paused && (run.state === 'queued' || (left && run.state !== 'cancelling'))) return { ...run, state: 'queued', message: PAUSED }
    return left ? { ...run, state: 'interrupted', message: leftMessage(run) } : run
  }
}

function leftMessage(run: Run): string {
  return `The workbench was ended in the middle of this run; ${goesOn(run)}.`
}

function goesOn({ epochs }: Run): string {
  return epochs > 0 ? `resume goes on after epoch ${epochs}` : 'resume starts from the beginning'
}
