import { engineContract, type EngineClient } from '../../shared/contract/engine.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { EngineCheck, EngineName, EngineStatus } from '../../shared/domain/engine.ts'
import { labelOf } from '../../shared/domain/engineChoice.ts'
import { connect } from '../../shared/rpc/client.ts'
import type { Log } from '../logging/log.ts'
import { checkEngines, type OnEngine } from './checkEngines.ts'
import type { EngineProcess, StartEngine } from './engineProcess.ts'
import { explainCuda } from './explainCuda.ts'
import { thisMachine, usableCuda, type Machine } from './machine.ts'
import { orAborted } from './orAborted.ts'
import { Roads, type Road } from './roads.ts'
import { SharedTask } from './sharedTask.ts'
import { watchHeartbeat } from './watchHeartbeat.ts'

/** The process ended, or fell silent, or lost its GPU, while it was needed. The message says how. */
export class EngineLost extends WorkbenchError {
  constructor(how: string, message = `The engine stopped unexpectedly: ${how}.`) {
    super('unavailable', message, { hint: 'Try again; Settings has a check of the engine.' })
  }
}

/** The engine could not be kept alive; nothing is tried any more until somebody asks for it. */
export class EngineGivenUp extends WorkbenchError {}

export interface SupervisorOptions {
  readonly startEngine: StartEngine
  readonly log: Log
  readonly onStatus?: (status: EngineStatus) => void
  /** Losses in a row after which nothing is tried any more. */
  readonly mostLosses?: number
  readonly machine?: Machine
  /** Milliseconds that a start may take, a heartbeat may fail to come, a cancelled job may go on, an idle process is kept. */
  readonly limits?: Partial<Limits>
}

interface Limits {
  readonly start: number
  readonly silence: number
  /** After silence the process is asked: so long it has to answer. */
  readonly answer: number
  readonly stop: number
  readonly idle: number
  readonly check: number
}

const defaultLimits: Limits = {
  start: 180_000,
  silence: 20_000,
  answer: 5_000,
  stop: 20_000,
  idle: 300_000,
  check: 300_000,
}

const MOST_LOSSES = 5

interface Running {
  readonly calls: EngineClient
  readonly label: string
  /** Ends the process, and says why in the error of whatever was under way. */
  lose(how: string): void
  /** It is ending or has ended: what it was asked fails for that reason and no other. */
  isDeaf(): boolean
  readonly lost: Promise<string>
}

/**
 * Keeps one engine process: starts it when it is first needed, hears its heartbeat, ends one that has fallen silent, starts
 * another in its place, and lets an idle one go. After too many losses in a row it gives up, until {@link forgive}.
 */
export class EngineSupervisor {
  readonly #options: SupervisorOptions
  readonly #limits: Limits
  readonly #mostLosses: number
  readonly #machine: Machine
  readonly #roads = new Roads()
  #running: Promise<Running> | undefined
  #process: EngineProcess | undefined
  #losses = 0
  #jobs = 0
  #idle: NodeJS.Timeout | undefined
  #closed = false
  #status: EngineStatus = { state: 'stopped', message: 'The engine starts when it is first needed.' }
  readonly #check: SharedTask<EngineCheck, Parameters<OnEngine>>

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#limits = { ...defaultLimits, ...options.limits }
    this.#mostLosses = options.mostLosses ?? MOST_LOSSES
    this.#machine = options.machine ?? thisMachine
    const { startEngine } = options
    const [machine, limit] = [this.#machine, this.#limits.check]
    this.#check = new SharedTask((onEngine, signal) => checkEngines({ startEngine, machine, limit, onEngine, signal }))
  }

  get status(): EngineStatus {
    return this.#status
  }

  /**
   * Does a job with the engine, starting it where needed. A job that goes on too long after its signal is ended with its
   * process.
   *
   * @throws EngineLost when the process ends under it; EngineGivenUp; or what the job itself throws.
   */
  async use<T>(job: (calls: EngineClient) => Promise<T>, signal?: AbortSignal): Promise<T> {
    clearTimeout(this.#idle)
    this.#jobs++
    let overdue: NodeJS.Timeout | undefined
    let running: Running | undefined
    const insist = () => {
      overdue = setTimeout(() => running?.lose('it did not stop when asked'), this.#limits.stop)
    }
    try {
      running = await orAborted(this.#ready(), signal)
      signal?.addEventListener('abort', insist, { once: true })
      this.#tell({ state: 'busy', message: `${running.label}, working` })
      const lost = running.lost.then((how) => Promise.reject(new EngineLost(how)))
      const result = await Promise.race([job(running.calls), lost])
      this.#losses = 0
      return result
    } catch (fault) {
      // The channel of a process that has just ended closes a moment before its end is known.
      if (running?.isDeaf() && !signal?.aborted) throw new EngineLost(await running.lost)
      if (signal?.aborted) throw new WorkbenchError('cancelled', 'Stopped.')
      throw running && fault instanceof WorkbenchError && fault.code === 'unavailable' ? this.#lostDevice(running, fault) : fault
    } finally {
      clearTimeout(overdue)
      signal?.removeEventListener('abort', insist)
      this.#jobs--
      this.#rest(running)
    }
  }

  /** Lets the engine be tried again after it was given up. */
  forgive(): void {
    this.#losses = 0
    this.#roads.forget()
    if (this.#status.state === 'failed') this.#tell({ state: 'stopped', message: 'The engine starts when it is next needed.' })
  }

  /**
   * Tries every engine, each in a process of its own, so that a job under way is not disturbed. Callers at the same time share
   * one check, which ends when none of them waits for it any more.
   *
   * @throws WorkbenchError `cancelled`, or `unavailable` once this is closed.
   */
  async check(onEngine: OnEngine = () => {}, signal?: AbortSignal): Promise<EngineCheck> {
    if (this.#closed) throw closing()
    this.forgive()
    try {
      return await this.#check.join(onEngine, signal)
    } catch (fault) {
      throw this.#isClosed() ? closing() : fault
    }
  }

  /** Ends the processes; nothing can be done with this supervisor afterwards. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#idle)
    this.#process?.kill()
    this.#check.end()
  }

  #isClosed(): boolean {
    return this.#closed
  }

  /** What the process says of a lost GPU is the end of the process, too: nothing in it can be computed there any more. */
  #lostDevice(running: Running, { message, details }: WorkbenchError): EngineLost {
    const told = [message, details.hint].filter(Boolean).join(' ')
    running.lose(message)
    return new EngineLost(message, told)
  }

  async #ready(): Promise<Running> {
    if (this.#closed) throw closing()
    this.#running ??= this.#start().catch((fault: unknown) => {
      this.#running = undefined
      throw fault
    })
    const running = await this.#running
    if (!running.isDeaf()) return running
    await running.lost
    return this.#ready()
  }

  async #start(): Promise<Running> {
    for (;;) {
      if (this.#losses >= this.#mostLosses) throw this.#giveUp()
      this.#tell({
        state: 'starting',
        message:
          this.#losses === 0 ? 'The engine is starting.' : `The engine is starting again (${this.#losses} of ${this.#mostLosses - 1}).`,
      })
      const road = this.#roads.next(await usableCuda(this.#machine))
      if (this.#isClosed()) throw closing()
      try {
        return await this.#startOnce(road)
      } catch (fault) {
        if (road.gpuOnly && !this.#closed) {
          this.#options.log.warn({ err: fault }, 'TensorFlow on CUDA did not start')
        } else if (this.#closed || !(fault instanceof EngineLost)) {
          this.#tell({ state: 'failed', message: messageOf(fault) })
          throw fault
        } else this.#options.log.warn({ fault: fault.message, losses: this.#losses }, 'the engine did not start')
      }
    }
  }

  async #startOnce({ libraries, engines, gpuOnly }: Road): Promise<Running> {
    const process = this.#options.startEngine(libraries)
    this.#process = process
    const isDeaf = deafness(process)
    const connection = connect(engineContract, process.channel)
    let reason: string | undefined
    const lose = (how: string) => {
      reason ??= how
      process.kill()
    }
    const lost = process.ended.then((how) => reason ?? how)
    const late = setTimeout(() => lose(`it did not start within ${this.#limits.start / 1000} seconds`), this.#limits.start)
    let running: Running | undefined
    let trying: EngineName | undefined
    void lost.then((how) => this.#onLost(process, running, how, !gpuOnly))
    try {
      const started = connection.calls.engine.start({ engines: [...engines], gpuOnly }, { onProgress: (now) => (trying = now.trying) })
      const { name, device, reason: why } = await Promise.race([started, lost.then((how) => Promise.reject(new EngineLost(how)))])
      const ask = () => void connection.calls.engine.alive({}).then(heartbeat.beat, () => {})
      const heartbeat = watchHeartbeat(this.#limits, ask, () => lose('it gave no sign of life'))
      connection.on('heartbeat', heartbeat.beat)
      void lost.then(heartbeat.stop)
      running = { calls: connection.calls, label: this.#labelOf(name, device), lose, isDeaf: () => reason !== undefined || isDeaf(), lost }
      this.#options.log.info({ engine: name, device, why: [...this.#roads.reasons, why].join(' ') }, 'the engine is ready')
      this.#tell({ state: 'ready', message: `${running.label}, ready` })
      return running
    } catch (fault) {
      const how = isDeaf() || fault instanceof EngineLost ? await lost : undefined
      if (gpuOnly) this.#roads.cudaFailed(explainCuda(process.printed()) ?? (how ? `It ended its process: ${how}.` : messageOf(fault)))
      else if (how && trying) this.#roads.died(trying, how)
      if (how) throw new EngineLost(how)
      this.#process = undefined
      process.kill()
      throw fault
    } finally {
      clearTimeout(late)
    }
  }

  #labelOf(name: EngineName, device: string): string {
    const label = labelOf({ name, device })
    return this.#roads.reasons.length > 0 ? `${label} (a better engine failed: see Settings)` : label
  }

  #onLost(process: EngineProcess, running: Running | undefined, how: string, counts: boolean): void {
    if (this.#process !== process) return
    this.#process = undefined
    if (this.#closed) return
    if (running || counts) this.#losses++
    this.#options.log.warn({ how, losses: this.#losses }, 'the engine process ended')
    if (!running) return
    this.#running = undefined
    this.#tell({ state: 'stopped', message: `The engine stopped unexpectedly: ${how}.` })
  }

  #giveUp(): EngineGivenUp {
    const message = `The engine stopped ${this.#losses} times in a row and is not started again.`
    this.#tell({ state: 'failed', message })
    return new EngineGivenUp('unavailable', message, { hint: 'Check the engine in Settings, then resume the run.' })
  }

  #rest(running: Running | undefined): void {
    if (this.#jobs > 0 || this.#closed || !this.#process || !running) return
    this.#tell({ state: 'ready', message: `${running.label}, ready` })
    this.#idle = setTimeout(() => this.#letGo(running), this.#limits.idle)
    this.#idle.unref()
  }

  #letGo(running: Running): void {
    this.#running = undefined
    this.#process = undefined
    running.lose('it was not needed any more')
    this.#tell({ state: 'stopped', message: 'The engine starts when it is next needed.' })
  }

  #tell(status: EngineStatus): void {
    if (status.state === this.#status.state && status.message === this.#status.message) return
    this.#status = status
    this.#options.onStatus?.(status)
  }
}

/** Tells whether a process's channel has closed; a process that lives on without one is of no use and is ended. */
function deafness(process: EngineProcess): () => boolean {
  let deaf = false
  process.channel.closed(() => {
    deaf = true
    setTimeout(() => process.kill(), 1000).unref()
  })
  return () => deaf
}

function closing(): WorkbenchError {
  return new WorkbenchError('unavailable', 'The workbench is closing.')
}
