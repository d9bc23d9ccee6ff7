import { describe, expect, it } from 'vitest'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { insertSplit, renameSplit } from '../../../../../src/main/db/splits.ts'
import { splitSettingsSchema } from '../../../../../src/shared/domain/split.ts'
import { contentOf, now, sequenceOf, testShelf } from './shelfFixtures.ts'

const whole = contentOf(
  [
    { name: 'a', sequence: sequenceOf(1), group: 7, activities: { HepG2: [1, 3], K562: [5] }, barcodes: { HepG2: [20, 4] } },
    { name: 'b', sequence: sequenceOf(2), group: 3, activities: { HepG2: [2, 4], K562: [null] }, barcodes: { HepG2: [20, 30] } },
    { name: 'c', sequence: sequenceOf(3), group: 7, activities: { HepG2: [null, null], K562: [6] } },
  ],
  10,
)

describe('a subset', () => {
  it('has the elements that the filter keeps, with their replicates, groups and parent', async () => {
    const { shelf, store, database } = testShelf()
    const id = await store('parent', whole)
    const filter = { activity: [{ cellType: 'K562', from: 4, to: null }] }
    const subset = await shelf.subset({ id, filter, name: 'active' })
    expect(subset).toMatchObject({ name: 'active', elements: 2, rows: 3, minimumBarcodes: 10 })
    const content = readContent(database, subset.id)
    expect(content.names).toEqual(['a', 'c'])
    expect([...content.groups]).toEqual([0, 0])
    expect(content.cellTypes.map(({ name, activities }) => [name, ...activities])).toEqual([
      ['HepG2', 1, Number.NaN],
      ['K562', 5, 6],
    ])
    expect(content.cellTypes[0]!.replicates.map(({ activities, barcodes }) => [...activities, ...barcodes!])).toEqual([
      [1, Number.NaN, 20, -1],
      [3, Number.NaN, 4, -1],
    ])
    expect(await shelf.origin({ id: subset.id })).toMatchObject({ kind: 'subset', parent: { id, name: 'parent' }, filter })
    // Replicate 2 of a has too few barcodes: what counts is the same as in the parent.
    expect((await shelf.element({ id: subset.id, position: 0 })).measurements[0]!.replicates.map(({ counts }) => counts)).toEqual([
      true,
      false,
    ])
  })

  it('keeps the named cell types alone, and asks for no barcodes where none are counted', async () => {
    const { shelf, store } = testShelf()
    const id = await store('parent', whole)
    const subset = await shelf.subset({ id, filter: { cellTypes: ['K562'] }, name: 'K562 alone' })
    expect(subset).toMatchObject({ elements: 2, rows: 2, minimumBarcodes: 0 })
    expect(subset.cellTypes.map(({ name }) => name)).toEqual(['K562'])
  })

  it('remembers the name of the split whose part it is, as it was then', async () => {
    const { shelf, store, database } = testShelf()
    const id = await store('parent', whole)
    const { id: split } = insertSplit(database, {
      dataset: id,
      name: 'Fair',
      settings: splitSettingsSchema.parse({ kind: 'group', seed: 1 }),
      createdAt: now().toISOString(),
      assignment: Uint8Array.of(0, 1, 2),
      groups: 2,
      leakage: { exact: 0, reverseComplement: 0, overlap: 0 },
      audit: [],
    })
    const subset = await shelf.subset({ id, filter: { part: { split, parts: ['train', 'test'] } }, name: 'two parts' })
    renameSplit(database, split, 'Renamed')
    expect(readContent(database, subset.id).names).toEqual(['a', 'c'])
    expect(await shelf.origin({ id: subset.id })).toMatchObject({ kind: 'subset', split: 'Fair' })
  })

  it('is refused where it would be everything or nothing', async () => {
    const { shelf, store } = testShelf()
    const id = await store('parent', whole)
    await expect(shelf.subset({ id, filter: {}, name: 'x' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(shelf.subset({ id, filter: { search: 'zebra' }, name: 'x' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(shelf.subset({ id, filter: { search: 'a' }, name: 'parent' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await shelf.list({})).toHaveLength(1)
  })
})
