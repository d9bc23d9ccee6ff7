import type { Backend } from '../backends/backend.ts'
import { makeScorer, type Scorer, type ScorerOptions } from './scorer.ts'

const KEPT = 8

/** The scorers used last on a backend, so that scoring again with a model, or after each epoch, compiles nothing. */
export class ScorerCache {
  readonly #backend: Backend
  readonly #scorers = new Map<string, Scorer>()

  constructor(backend: Backend) {
    this.#backend = backend
  }

  get({ variant, cellTypes, length, ambiguousBases, strands }: ScorerOptions): Scorer {
    const key = [variant, cellTypes, length, ambiguousBases, strands].join()
    const scorer = this.#scorers.get(key) ?? makeScorer(this.#backend, { variant, cellTypes, length, ambiguousBases, strands })
    // The last in a Map is the newest: taking it out and putting it in again keeps the order of use.
    this.#scorers.delete(key)
    this.#scorers.set(key, scorer)
    const [oldest] = this.#scorers.keys()
    if (this.#scorers.size > KEPT && oldest !== undefined) {
      this.#scorers.get(oldest)?.dispose()
      this.#scorers.delete(oldest)
    }
    return scorer
  }

  dispose(): void {
    for (const scorer of this.#scorers.values()) scorer.dispose()
    this.#scorers.clear()
  }
}
