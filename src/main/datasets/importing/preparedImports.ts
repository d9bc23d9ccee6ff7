import { randomUUID } from 'node:crypto'
import type { ImportPlan } from '../../../shared/domain/importing.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { PreparedContent } from './selectElements.ts'

/** An import that was read and waits to be written or let go. */
export interface PreparedEntry {
  readonly plan: ImportPlan
  readonly prepared: PreparedContent
}

const MOST = 3
const UNUSED_MILLISECONDS = 60 * 60 * 1000

/** Imports that were read, in the core's memory: a few at most, an hour unused at most. */
export class PreparedImports {
  /** The one that was used last stands last. */
  readonly #entries = new Map<string, PreparedEntry & { readonly timer: NodeJS.Timeout }>()

  add(entry: PreparedEntry): string {
    const handle = randomUUID()
    this.#put(handle, entry)
    for (const oldest of [...this.#entries.keys()].slice(0, -MOST)) this.delete(oldest)
    return handle
  }

  /** @throws WorkbenchError `not-found` where it was let go */
  get(handle: string): PreparedEntry {
    const entry = this.#entries.get(handle)
    if (!entry) {
      throw new WorkbenchError('not-found', 'What was read of these files is not in memory any more. Nothing was changed.', {
        hint: 'Read the files again.',
      })
    }
    this.delete(handle)
    this.#put(handle, entry)
    return entry
  }

  delete(handle: string): void {
    clearTimeout(this.#entries.get(handle)?.timer)
    this.#entries.delete(handle)
  }

  #put(handle: string, { plan, prepared }: PreparedEntry): void {
    const timer = setTimeout(() => this.#entries.delete(handle), UNUSED_MILLISECONDS)
    timer.unref()
    this.#entries.set(handle, { plan, prepared, timer })
  }
}
