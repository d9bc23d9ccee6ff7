import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WritableDatabase } from '../../../../src/main/db/database.ts'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import { createExperiment, moveRun } from '../../../../src/main/db/runs.ts'
import { insertSplit } from '../../../../src/main/db/splits.ts'
import { isQueuePaused, moveWaitingRun, readWaitingRuns, setQueuePaused } from '../../../../src/main/db/waitingRuns.ts'
import { makeWorkspace, shortRecipe } from '../support/smallWorkspace.ts'

const AT = '2026-01-02T03:04:05.000Z'
let workspace: ReturnType<typeof makeWorkspace>
let database: WritableDatabase
let split: number
beforeEach(() => {
  workspace = makeWorkspace()
  database = openDatabase(workspace.folder)
  split = insertSplit(database, {
    dataset: workspace.dataset,
    name: 'all',
    settings: { kind: 'name', seed: 1, shares: { train: 0.7, validation: 0.15, test: 0.15 } },
    createdAt: AT,
    assignment: new Uint8Array(240),
    groups: 240,
    leakage: { exact: 0, reverseComplement: 0, overlap: 0 },
    audit: [],
  }).id
})
afterEach(() => {
  database.close()
  workspace.remove()
})
const queue = (count: number) =>
  createExperiment(database, {
    dataset: workspace.dataset,
    split,
    recipe: shortRecipe,
    runs: Array.from({ length: count }, (_, seed) => ({ variant: 'full' as const, seed })),
    createdAt: AT,
  })

describe('the runs that wait', () => {
  it('are in the order in which they were launched, and behind them what is resumed', () => {
    const [a, b, c] = queue(3) as [number, number, number]
    moveRun(database, a, 'cancelled', AT)
    const [d] = queue(1) as [number]
    moveRun(database, a, 'queued', AT)
    expect(readWaitingRuns(database)).toEqual([b, c, d, a])
  })

  it('have before them what was under way and is put back', () => {
    const [a, b, c] = queue(3) as [number, number, number]
    for (const id of [a, b]) moveRun(database, id, 'starting', AT)
    expect(readWaitingRuns(database)).toEqual([c])
    moveRun(database, b, 'queued', AT)
    moveRun(database, a, 'queued', AT)
    expect(readWaitingRuns(database)).toEqual([a, b, c])
  })

  it('are, after any moves, starts and stops, where a plain list of them would have them', () => {
    const step = fc.record({
      what: fc.constantFrom('before' as const, 'last' as const, 'start' as const, 'putBack' as const, 'stop' as const, 'resume' as const),
      id: fc.nat(5),
      other: fc.nat(5),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const ids = queue(6)
        let expected = [...ids]
        const started = new Set<number>()
        const stopped = new Set<number>()
        for (const { what, ...at } of steps) {
          const [id, other] = [ids[at.id]!, ids[at.other]!]
          const waits = expected.includes(id)
          if (what === 'before' && waits && expected.includes(other) && id !== other) {
            moveWaitingRun(database, id, other)
            expected = expected.filter((each) => each !== id)
            expected.splice(expected.indexOf(other), 0, id)
          } else if (what === 'last' && waits) {
            moveWaitingRun(database, id, null)
            expected = [...expected.filter((each) => each !== id), id]
          } else if (what === 'start' && waits) {
            moveRun(database, id, 'starting', AT)
            started.add(id)
            expected = expected.filter((each) => each !== id)
          } else if (what === 'putBack' && started.delete(id)) {
            moveRun(database, id, 'queued', AT)
            expected = [id, ...expected]
          } else if (what === 'stop' && waits) {
            moveRun(database, id, 'cancelled', AT)
            stopped.add(id)
            expected = expected.filter((each) => each !== id)
          } else if (what === 'resume' && stopped.delete(id)) {
            moveRun(database, id, 'queued', AT)
            expected = [...expected, id]
          }
          expect(readWaitingRuns(database)).toEqual(expected)
        }
        for (const id of expected) moveRun(database, id, 'cancelled', AT)
      }),
      { numRuns: 60 },
    )
  })

  it('are neither moved nor moved before once they do not wait', () => {
    const [a, b] = queue(2) as [number, number]
    moveRun(database, a, 'cancelled', AT)
    expect(() => moveWaitingRun(database, a, b)).toThrow(`Run ${a} does not wait any more.`)
    expect(() => moveWaitingRun(database, b, a)).toThrow(`Run ${a} does not wait any more.`)
    expect(readWaitingRuns(database)).toEqual([b])
  })

  it('stay paused across openings', () => {
    expect(isQueuePaused(database)).toBe(false)
    setQueuePaused(database, true)
    database.close()
    database = openDatabase(workspace.folder)
    expect(isQueuePaused(database)).toBe(true)
  })
})
