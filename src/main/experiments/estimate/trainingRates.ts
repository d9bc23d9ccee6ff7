import type { TimedTraining } from '../../../shared/contract/engine.ts'
import type { Variant } from '../../../shared/domain/variants.ts'
import { readCompletedRates } from '../../db/completedRates.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readLastEngine } from '../../db/runs.ts'
import { readSplit } from '../../db/splits.ts'
import { describeMachine } from '../describeMachine.ts'
import type { IdleEngines, TrainingEngines } from '../trainingEngines.ts'
import { configurationKey, scaleRate, type Configuration, type TrainingRate } from './costOfTraining.ts'

/** A run trained alone, or beside another one, for at least so much of its time. */
const MOSTLY = 0.8
/** Runs whose rates are looked at. */
const NEWEST = 5

/** A rate, and whether it is that of another configuration which is the nearest known. */
export interface FoundRate {
  readonly rate: TrainingRate
  readonly rough: boolean
}

/**
 * How fast this machine trains: as completed runs of the same configuration were, else as a second of training here was. Measured
 * rates are kept for as long as the workbench is open.
 *
 * Nothing is measured while a run trains. Beside it, in a process of its own, each would take from the other, and the second
 * would say how fast both are together; within its process it would have to share the device's memory, which on a GPU can halve
 * the run's batches and so change its result.
 */
export class TrainingRates {
  readonly #database: ReadableDatabase
  readonly #engines: TrainingEngines
  readonly #measured = new Map<string, { readonly configuration: Configuration; readonly rate: TrainingRate }>()
  #measuring: Promise<unknown> = Promise.resolve()

  constructor(database: ReadableDatabase, engines: TrainingEngines) {
    this.#database = database
    this.#engines = engines
  }

  /** What trains here, as far as it is known. */
  get engine(): string | null {
    return this.#engines.engine ?? readLastEngine(this.#database)
  }

  /** What is known without measuring; null where nothing is, not even roughly. */
  known(dataset: number, configuration: Configuration): FoundRate | null {
    const exact = this.#ofRuns(dataset, configuration) ?? this.#measured.get(configurationKey(configuration))?.rate
    if (exact) return { rate: exact, rough: false }
    const near = this.#nearest(dataset, configuration)
    return near && { rate: near, rough: true }
  }

  /**
   * {@link known}, or measured where only a rough rate is known and no run trains.
   *
   * @throws WorkbenchError where the engine cannot train, or `cancelled`
   */
  async find(dataset: number, configuration: Configuration, signal: AbortSignal): Promise<FoundRate | null> {
    const before = this.known(dataset, configuration)
    if (before && !before.rough) return before
    // Two at once would each say how fast both are.
    const measured = this.#measuring.then(() => this.#measure(configuration, signal))
    this.#measuring = measured.catch(() => {})
    const rate = await measured
    return rate ? { rate, rough: false } : this.known(dataset, configuration)
  }

  /** Null where a run trains, or begins to meanwhile: it goes first. */
  async #measure(configuration: Configuration, signal: AbortSignal): Promise<TrainingRate | null> {
    signal.throwIfAborted()
    const key = configurationKey(configuration)
    const known = this.#measured.get(key)
    if (known) return known.rate
    try {
      if (this.#engines.engine === null) {
        const first = this.#engines.idle(1)
        if (!first) return null
        await this.#time(first, configuration, signal)
      }
      const idle = this.#engines.idle(configuration.beside ? 2 : 1)
      if (!idle) return null
      const rate = meanOf(await this.#time(idle, configuration, signal))
      this.#measured.set(key, { configuration, rate })
      return rate
    } catch (fault) {
      if (this.#engines.idle(1) === null && !signal.aborted) return null
      throw fault
    }
  }

  /** The same second on each of the engines, at once. */
  async #time(
    { engines, taken }: IdleEngines,
    { variant, recipe, length, cellTypes }: Configuration,
    signal: AbortSignal,
  ): Promise<TimedTraining[]> {
    const either = AbortSignal.any([signal, taken])
    // All are brought up before any of them begins.
    await Promise.all(engines.map((engine) => engine.use((calls) => calls.engine.alive({}), either)))
    const timed = await Promise.all(
      engines.map((engine) =>
        engine.use((calls) => calls.models.timeTraining({ variant, recipe, length, cellTypes }, { signal: either }), either),
      ),
    )
    this.#engines.heard(timed[0]!.engine)
    return timed
  }

  #ofRuns(dataset: number, configuration: Configuration): TrainingRate | null {
    const rates = this.#ratesOfRuns(dataset, configuration.variant, configuration)
    const key = configurationKey(configuration)
    const alike = rates.filter((each) => configurationKey(each.configuration) === key).slice(0, NEWEST)
    if (alike.length === 0) return null
    const middle = (of: (rate: TrainingRate) => number) => alike.map(({ rate }) => of(rate)).sort((a, b) => a - b)[alike.length >> 1]!
    return { training: middle(({ training }) => training), scoring: 0, start: middle(({ start }) => start) }
  }

  /** Of completed runs, newest first. Scoring is part of their epochs. */
  #ratesOfRuns(dataset: number, variant: Variant, { length, cellTypes }: Pick<Configuration, 'length' | 'cellTypes'>) {
    const { engine } = this
    if (engine === null) return []
    return readCompletedRates(this.#database, { dataset, variant, engine, machine: describeMachine(engine) })
      .filter(({ beside }) => beside >= MOSTLY || beside <= 1 - MOSTLY)
      .map(({ recipe, split, secondsAnEpoch, secondsAround, beside }) => ({
        configuration: { variant, recipe, length, cellTypes, beside: beside >= MOSTLY },
        rate: { training: secondsAnEpoch / readSplit(this.#database, split).sizes.train, scoring: 0, start: secondsAround },
      }))
  }

  /** Of the same variant where there is one, and then of the nearest batch size. */
  #nearest(dataset: number, configuration: Configuration): TrainingRate | null {
    const candidates = [...this.#measured.values(), ...this.#ratesOfRuns(dataset, configuration.variant, configuration)]
    const distance = ({ variant, recipe, beside }: Configuration) =>
      (variant === configuration.variant ? 0 : 100) +
      Math.abs(Math.log2(recipe.batchSize / configuration.recipe.batchSize)) +
      (recipe.strands === configuration.recipe.strands ? 0 : 0.5) +
      (beside === configuration.beside ? 0 : 0.5)
    const [nearest] = candidates.sort((a, b) => distance(a.configuration) - distance(b.configuration))
    return nearest ? scaleRate(nearest.rate, nearest.configuration, configuration) : null
  }
}

function meanOf(timed: readonly TimedTraining[]): TrainingRate {
  const mean = (of: (one: TimedTraining) => number) => timed.reduce((sum, one) => sum + of(one), 0) / timed.length
  return {
    training: mean(({ secondsAStep, batchSize }) => secondsAStep / batchSize),
    scoring: mean(({ secondsASequenceScored }) => secondsASequenceScored),
    start: mean(({ secondsToStart }) => secondsToStart),
  }
}
