import type { ReadableDatabase } from '../../db/database.ts'
import { readDatasetSummary } from '../../db/datasets.ts'
import { exploreContent, type ExploredContent } from './exploredContent.ts'

/** Elements that are kept at most, however many datasets they are of; some 50 MB. A larger dataset is kept alone. */
const MOST_ELEMENTS = 150_000

/** The datasets that were looked at last, ready in memory: the next question about them is answered without reading them again. */
export class ContentCache {
  readonly #database: ReadableDatabase
  /** The last used stands last. */
  readonly #kept = new Map<number, { readonly of: string; readonly content: ExploredContent }>()

  constructor(database: ReadableDatabase) {
    this.#database = database
  }

  /** @throws WorkbenchError `not-found` */
  get(dataset: number): ExploredContent {
    // Content never changes, but once a dataset is deleted its number may be given to another, of the same data with other labels even.
    const { fingerprint, createdAt } = readDatasetSummary(this.#database, dataset)
    const of = `${fingerprint} ${createdAt}`
    const kept = this.#kept.get(dataset)
    this.#kept.delete(dataset)
    const content = kept?.of === of ? kept.content : exploreContent(this.#database, dataset)
    this.#kept.set(dataset, { of, content })
    this.#forgetOldest()
    return content
  }

  #forgetOldest(): void {
    let elements = 0
    for (const [dataset, { content }] of [...this.#kept].reverse()) {
      elements += content.names.length
      if (elements > MOST_ELEMENTS && elements > content.names.length) this.#kept.delete(dataset)
    }
  }
}
