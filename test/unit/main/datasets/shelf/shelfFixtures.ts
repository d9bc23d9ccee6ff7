import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { calls } from '../../../../../src/shared/contract/calls.ts'
import type { CallContext } from '../../../../../src/shared/contract/contract.ts'
import type { WorkbenchHandlers } from '../../../../../src/shared/contract/workbench.ts'
import type { Origin } from '../../../../../src/shared/domain/origin.ts'
import { breather } from '../../../../../src/main/datasets/breathe.ts'
import { ContentCache } from '../../../../../src/main/datasets/explore/contentCache.ts'
import { exploreHandlers } from '../../../../../src/main/datasets/explore/exploreHandlers.ts'
import { shelfHandlers } from '../../../../../src/main/datasets/shelf/shelfHandlers.ts'
import { storeDerived, type DerivedContent } from '../../../../../src/main/datasets/shelf/storeDerived.ts'
import type { WritableDatabase } from '../../../../../src/main/db/database.ts'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'

export const now = () => new Date('2026-11-20T12:00:00.000Z')

/** An element as a test writes it: activities by cell type, a number for one replicate, an array for several; null where missing. */
export interface Written {
  readonly name: string
  readonly sequence: string
  readonly group?: number
  readonly activities: Readonly<Record<string, number | null | readonly (number | null)[]>>
  /** Barcodes of every replicate of a cell type, in the shape of its activities. */
  readonly barcodes?: Readonly<Record<string, readonly (number | null)[]>>
}

const noAdapters = { prefix: '', suffix: '', known: false }

/** Content as the core keeps it, elements sorted by name, means over the replicates that count. */
export function contentOf(elements: readonly Written[], minimumBarcodes = 0): DerivedContent {
  const sorted = [...elements].sort((a, b) => (a.name < b.name ? -1 : 1))
  const cellTypes = Object.keys(sorted[0]!.activities).map((name) => {
    const values = sorted.map(({ activities }) => [activities[name] ?? null].flat<(number | null | readonly (number | null)[])[]>())
    const count = Math.max(...values.map(({ length }) => length))
    const counts = sorted.some(({ barcodes }) => barcodes?.[name])
    const replicates = Array.from({ length: count }, (_, r) => ({
      name: String(r + 1),
      activities: Float32Array.from(values, (row) => row[r] ?? Number.NaN),
      barcodes: counts ? Int32Array.from(sorted, ({ barcodes }) => barcodes?.[name]?.[r] ?? -1) : null,
    }))
    const activities = Float32Array.from(sorted, (_, i) => {
      const kept = replicates.filter(
        (replicate) => !Number.isNaN(replicate.activities[i]) && (!replicate.barcodes || replicate.barcodes[i]! >= minimumBarcodes),
      )
      return kept.reduce((sum, replicate) => sum + replicate.activities[i]!, 0) / kept.length
    })
    return { name, activities, replicates }
  })
  return {
    names: sorted.map(({ name }) => name),
    sequences: sorted.map(({ sequence }) => sequence),
    groups: Int32Array.from(sorted, ({ group }, i) => group ?? 1000 + i),
    cellTypes,
    labels: [],
    minimumBarcodes,
    adapters: noAdapters,
    notes: [],
  }
}

type Datasets = WorkbenchHandlers['datasets']
type Shelf = ReturnType<typeof shelfHandlers> & ReturnType<typeof exploreHandlers>
/** The calls as the contract has them: what comes in is checked, and what comes out. */
export type CheckedShelf = {
  readonly [K in keyof Shelf]: (
    input: z.input<(typeof calls.datasets)[K & keyof Datasets]['input']>,
  ) => Promise<z.output<(typeof calls.datasets)[K & keyof Datasets]['output']>>
}

export interface TestShelf {
  readonly database: WritableDatabase
  readonly cache: ContentCache
  readonly shelf: CheckedShelf
  readonly events: { readonly name: string; readonly value: unknown }[]
  readonly store: (name: string, content: DerivedContent, origin?: Origin) => Promise<number>
}

/** The calls about the shelf and its data, on a workspace of their own. */
export function testShelf(): TestShelf {
  const database = openDatabase(temporaryFolder())
  onTestFinished(() => database.close())
  const events: { name: string; value: unknown }[] = []
  const cache = new ContentCache(database)
  const handlers: Record<string, unknown> = {
    ...shelfHandlers({ database, now, emit: (name, value) => events.push({ name, value }) }, cache),
    ...exploreHandlers(database, cache),
  }
  const context: CallContext<unknown> = { signal: new AbortController().signal, progress: () => {} }
  const checked = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => {
      const { input, output } = calls.datasets[name as keyof typeof calls.datasets]
      const call = handler as (input: unknown, context: CallContext<unknown>) => unknown
      return [name, async (request: unknown) => output.parse(await call(input.parse(request), context))]
    }),
  )
  return {
    database,
    cache,
    shelf: checked as unknown as CheckedShelf,
    events,
    store: (name, content, origin = { kind: 'simulation', elements: 1, seed: 1 }) =>
      storeDerived(database, { ...content, name, simulated: false, createdAt: now().toISOString(), origin }, breather()),
  }
}

/** A sequence of a length that a number fixes, and that no other number has. */
export function sequenceOf(number: number, length = 40): string {
  let state = number * 2654435761 + 12345
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return 'ACGT'[(state >>> 16) & 3]!
  }).join('')
}
