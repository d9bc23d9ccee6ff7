import { availableParallelism } from 'node:os'
import type { EngineStatus } from '../../shared/domain/engine.ts'
import type { Queue } from '../../shared/domain/queue.ts'
import type { StartEngine } from '../engine/engineProcess.ts'
import { EngineSupervisor, type SupervisorOptions } from '../engine/engineSupervisor.ts'

/** Runs that train side by side where that is faster (docs/decisions/0014-two-runs-at-once.md). */
const SIDE_BY_SIDE = 2
/** What this was measured on; any other engine trains one run at a time. */
const MEASURED_ENGINE = 'tensorflow on CPU'

/** Worst first: what one of several engines says that a person has to hear. */
const weightiest: readonly EngineStatus['state'][] = ['failed', 'busy', 'starting', 'ready', 'stopped']

export interface TrainingEnginesOptions extends Pick<SupervisorOptions, 'startEngine' | 'log'> {
  readonly onStatus: (status: EngineStatus) => void
  readonly cores?: number
}

/** Engines that no run trains on. */
export interface IdleEngines {
  readonly engines: readonly EngineSupervisor[]
  /** Aborted once a run begins. */
  readonly taken: AbortSignal
}

/**
 * The engine processes that train: one that has all cores, for a run by itself, and two that have half of them each, for runs side
 * by side. None is started before it is needed, and idle ones go. The weights of a run are the same to the last bit whichever
 * trains it.
 */
export class TrainingEngines {
  readonly #whole: EngineSupervisor
  readonly #halves: readonly EngineSupervisor[]
  readonly #cores: number
  readonly #onStatus: (status: EngineStatus) => void
  readonly #inUse = new Set<EngineSupervisor>()
  #last: EngineSupervisor
  #taken = new AbortController()
  #status: EngineStatus
  /** What the engine calls itself, as `tensorflow on CPU`; null before it has been started. */
  #engine: string | null = null

  constructor({ startEngine, log, onStatus, cores = availableParallelism() }: TrainingEnginesOptions) {
    this.#cores = cores
    this.#onStatus = onStatus
    const supervise = (start: StartEngine) => new EngineSupervisor({ startEngine: start, log, onStatus: () => this.#tell() })
    const threads = String(Math.max(1, Math.floor(cores / SIDE_BY_SIDE)))
    this.#whole = supervise(startEngine)
    this.#halves = Array.from({ length: SIDE_BY_SIDE }, () =>
      supervise((libraries) => startEngine(libraries, { ENCODER_THREADS: threads, TF_NUM_INTEROP_THREADS: threads })),
    )
    this.#last = this.#whole
    this.#status = this.#whole.status
  }

  /** Of all of them in one: the failure of one is that of all, since nothing is begun then. */
  get status(): EngineStatus {
    const all = [this.#last, this.#whole, ...this.#halves].map(({ status }) => status)
    return weightiest.map((state) => all.find((status) => status.state === state)).find((status) => status !== undefined)!
  }

  /** Told by every run and every measurement that begins. */
  get engine(): string | null {
    return this.#engine
  }

  /** Keeps what the engine calls itself. */
  heard(engine: string): void {
    this.#engine = engine
  }

  /** How many runs may train at once on an engine; on the one that is likeliest where that is not known. */
  atOnce(engine: string | null = this.#engine): Queue['atOnce'] {
    if (engine !== null && engine !== MEASURED_ENGINE)
      return { runs: 1, reason: 'Runs train one after another: side by side they have been measured on processors with TensorFlow only.' }
    if (this.#cores < SIDE_BY_SIDE) return { runs: 1, reason: 'Runs train one after another: the processor has one core.' }
    return {
      runs: SIDE_BY_SIDE,
      reason: 'Two runs side by side, on half of the cores each, are done sooner than one after the other.',
    }
  }

  /**
   * An engine for a run, or null where as many train as may. Until it is known what the engine is, one run trains.
   *
   * @param others whether other runs wait
   * @param before what trained last, as far as anybody knows: likely enough what trains now
   */
  take(others: boolean, before: string | null): EngineSupervisor | null {
    const engine = this.#engine ?? before
    const most = engine === null ? 1 : this.atOnce(engine).runs
    if (this.#inUse.size >= most) return null
    const taken = this.#choose(others, engine)
    this.#taken.abort()
    this.#taken = new AbortController()
    this.#inUse.add(taken)
    this.#last = taken
    return taken
  }

  giveBack(engine: EngineSupervisor): void {
    this.#inUse.delete(engine)
  }

  /** The engines that so many runs would train on; null while one trains. */
  idle(runs: number): IdleEngines | null {
    if (this.#inUse.size > 0) return null
    const engines = this.atOnce().runs === 1 ? [this.#last] : runs === 1 ? [this.#whole] : this.#halves
    return { engines, taken: this.#taken.signal }
  }

  /** As {@link EngineSupervisor.check}. */
  check(...request: Parameters<EngineSupervisor['check']>): ReturnType<EngineSupervisor['check']> {
    this.forgive()
    return this.#whole.check(...request)
  }

  /** As {@link EngineSupervisor.forgive}. */
  forgive(): void {
    for (const supervisor of [this.#whole, ...this.#halves]) supervisor.forgive()
  }

  close(): void {
    for (const supervisor of [this.#whole, ...this.#halves]) supervisor.close()
  }

  #choose(others: boolean, engine: string | null): EngineSupervisor {
    // One that is warm saves the seconds of a start.
    if (this.atOnce(engine).runs === 1) return this.#last
    if (this.#inUse.size === 0 && !others) return this.#whole
    return this.#halves.find((half) => !this.#inUse.has(half)) ?? this.#whole
  }

  #tell(): void {
    const status = this.status
    if (status.state === this.#status.state && status.message === this.#status.message) return
    this.#status = status
    this.#onStatus(status)
  }
}
