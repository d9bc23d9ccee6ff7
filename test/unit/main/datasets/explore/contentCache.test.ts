import { describe, expect, it } from 'vitest'
import { breather } from '../../../../../src/main/datasets/breathe.ts'
import { storeDerived } from '../../../../../src/main/datasets/shelf/storeDerived.ts'
import { contentOf, sequenceOf, testShelf } from '../shelf/shelfFixtures.ts'

const content = contentOf([
  { name: 'a', sequence: sequenceOf(1), activities: { HepG2: 1 } },
  { name: 'b', sequence: sequenceOf(2), activities: { HepG2: 2 } },
])

describe('the datasets in memory', () => {
  it('are those that have the number now, though the data are the same', async () => {
    const { shelf, database } = testShelf()
    const store = (createdAt: string, values: readonly string[]) => {
      const labels = [{ column: 'set', values, codes: Int32Array.of(0, 0) }]
      const origin = { kind: 'simulation', elements: 2, seed: 1 } as const
      return storeDerived(database, { ...content, labels, name: 'same', simulated: false, createdAt, origin }, breather())
    }
    const first = await store('2026-11-20T12:00:00.000Z', ['old'])
    expect((await shelf.facets({ id: first })).labels[0]!.values).toEqual([{ value: 'old', count: 2 }])
    await shelf.bin({ id: first })
    await shelf.purge({ id: first })
    expect(await store('2026-11-20T12:00:01.000Z', ['new'])).toBe(first)
    expect((await shelf.facets({ id: first })).labels[0]!.values).toEqual([{ value: 'new', count: 2 }])
  })
})
