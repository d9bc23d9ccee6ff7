import { describe, expect, it } from 'vitest'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { decodeBases, encodeBases, reverseComplement } from '../../../../../src/shared/dna/bases.ts'
import { contentOf, sequenceOf, testShelf } from './shelfFixtures.ts'

const opposite = (sequence: string) => decodeBases(reverseComplement((encodeBases(sequence) as { codes: Uint8Array }).codes))

const hepg2 = contentOf([
  { name: 'same', sequence: sequenceOf(1), activities: { HepG2: [1, 2] } },
  { name: 'peak 2', sequence: sequenceOf(2).toLowerCase(), activities: { HepG2: [3, 4] } },
  { name: 'clash', sequence: sequenceOf(3), activities: { HepG2: [5, 6] } },
  { name: 'turned', sequence: sequenceOf(4), activities: { HepG2: [7, 8] } },
])
const wtc11 = contentOf([
  { name: 'same', sequence: sequenceOf(1), activities: { WTC11: [0.5] } },
  { name: 'seq2_F', sequence: sequenceOf(2), activities: { WTC11: [0.25] } },
  { name: 'clash', sequence: sequenceOf(30), activities: { WTC11: [0.75] } },
  { name: 'seq4_R', sequence: opposite(sequenceOf(4)), activities: { WTC11: [2] } },
])

const two = async () => {
  const workspace = testShelf()
  const parents = [await workspace.store('HepG2 library', hepg2), await workspace.store('WTC11 library', wtc11)]
  return { ...workspace, parents }
}

describe('a combination', () => {
  it('has the shared elements alone, found by name or else by sequence', async () => {
    const { shelf, parents, database } = await two()
    const review = await shelf.reviewCombination({ parents, elements: 'shared' })
    expect(review).toMatchObject({
      shared: 2,
      all: 6,
      elements: 2,
      byName: 1,
      bySequence: 1,
      rows: 4,
      missing: 0,
      sameCellTypes: [],
      conflictingNames: { count: 1, first: ['clash'] },
      reverseComplements: 1,
      problem: null,
    })
    const combined = await shelf.combine({ parents, elements: 'shared', name: 'both' })
    expect(combined).toMatchObject({ elements: 2, rows: 4 })
    const content = readContent(database, combined.id)
    expect(content.names).toEqual(['peak 2', 'same'])
    expect(content.cellTypes.map(({ name, activities }) => [name, ...activities])).toEqual([
      ['HepG2', 3.5, 1.5],
      ['WTC11', 0.25, 0.5],
    ])
    expect(await shelf.origin({ id: combined.id })).toMatchObject({
      kind: 'combination',
      parents: [
        { id: parents[0], name: 'HepG2 library' },
        { id: parents[1], name: 'WTC11 library' },
      ],
      elements: 'shared',
    })
  })

  it('has all elements with what was not measured left missing, and keeps names apart', async () => {
    const { shelf, parents, database } = await two()
    expect(await shelf.reviewCombination({ parents, elements: 'all' })).toMatchObject({ elements: 6, rows: 8, missing: 4 })
    const combined = await shelf.combine({ parents, elements: 'all', name: 'both' })
    const { names, cellTypes, groups } = readContent(database, combined.id)
    expect(names).toEqual(['clash', 'clash (WTC11 library)', 'peak 2', 'same', 'seq4_R', 'turned'])
    const missing = Number.NaN
    expect(cellTypes.map(({ activities }) => [...activities])).toEqual([
      [5.5, missing, 3.5, 1.5, missing, 7.5],
      [missing, 0.75, 0.25, 0.5, 2, missing],
    ])
    expect(groups[names.indexOf('turned')]).toBe(groups[names.indexOf('seq4_R')])
    expect(new Set(groups).size).toBe(5)
  })

  it('tells a cell type that both measured, and keeps it apart or pools its replicates', async () => {
    const { shelf, store, database } = testShelf()
    const first = await store('one', hepg2)
    const second = await store(
      'two',
      contentOf(
        [
          { name: 'same', sequence: sequenceOf(1), activities: { HepG2: [10, 100] }, barcodes: { HepG2: [20, 3] } },
          { name: 'new', sequence: sequenceOf(9), activities: { HepG2: [11, 12] }, barcodes: { HepG2: [20, 30] } },
        ],
        10,
      ),
    )
    const parents = [first, second]
    expect((await shelf.reviewCombination({ parents, elements: 'all' })).sameCellTypes).toEqual([
      { name: 'HepG2', parents: ['one', 'two'] },
    ])
    const apart = await shelf.combine({ parents, elements: 'all', name: 'apart' })
    expect(apart.cellTypes.map(({ name, measured }) => [name, measured])).toEqual([
      ['HepG2 (one)', 4],
      ['HepG2 (two)', 2],
    ])
    const pooled = await shelf.combine({ parents, elements: 'all', sameCellType: 'pool', name: 'pooled' })
    const { names, cellTypes } = readContent(database, pooled.id)
    expect(cellTypes[0]!.replicates.map(({ name }) => name)).toEqual(['one 1', 'one 2', 'two 1', 'two 2'])
    // 100 has too few barcodes in its own dataset; 1, 2 and 10 are left.
    expect(cellTypes[0]!.activities[names.indexOf('same')]).toBe(Math.fround(13 / 3))
    expect(cellTypes[0]!.activities[names.indexOf('new')]).toBe(11.5)
  })

  it('matches one to one where a sequence stands several times', async () => {
    const { shelf, store } = testShelf()
    const twice = [1, 2].map((n) => ({ name: `twin ${n}`, sequence: sequenceOf(1), activities: { A: n } }))
    const parents = [
      await store('twins', contentOf(twice)),
      await store('single', contentOf([{ name: 'x', sequence: sequenceOf(1), activities: { B: 5 } }])),
    ]
    expect(await shelf.reviewCombination({ parents, elements: 'all' })).toMatchObject({ shared: 1, all: 2, rows: 3, missing: 1 })
  })

  it('is refused where nothing is shared, or a dataset stands twice', async () => {
    const { shelf, store, parents } = await two()
    const other = await store('other', contentOf([{ name: 'z', sequence: sequenceOf(50), activities: { K562: 1 } }]))
    const asked = { parents: [parents[0]!, other], elements: 'shared' as const }
    expect((await shelf.reviewCombination(asked)).problem?.message).toBe('No sequence is in all of HepG2 library, other.')
    await expect(shelf.combine({ ...asked, name: 'x' })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(shelf.combine({ parents: [other, other], elements: 'all', name: 'x' })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await shelf.list({})).toHaveLength(3)
  })
})
