import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binOf, binsOf, countInto } from '../../../../../src/main/datasets/explore/bins.ts'
import { decodeBases, encodeBases, reverseComplement } from '../../../../../src/shared/dna/bases.ts'
import { pearson } from '../../../../../src/shared/stats/correlation.ts'
import { noiseCeiling } from '../../../../../src/shared/stats/noiseCeiling.ts'
import { random } from '../../../../../src/shared/stats/random.ts'
import { specificityScores } from '../../../../../src/shared/stats/specificity.ts'
import { contentOf, sequenceOf, testShelf, type Written } from '../shelf/shelfFixtures.ts'

const source = random(3)
/** 300 elements, two cell types of three replicates; some values are missing, some have few barcodes. */
const elements = Array.from({ length: 300 }, (_, i): Written => {
  const value = source.normal()
  const replicates = () => Array.from({ length: 3 }, () => (source.uniform() < 0.05 ? null : value + 0.5 * source.normal()))
  return {
    name: `element ${String(i).padStart(3, '0')}`,
    sequence: sequenceOf(i, 40 + (i % 3)),
    activities: { HepG2: replicates(), K562: i % 10 === 0 ? [null, null, null] : replicates() },
    barcodes: { HepG2: [20, i % 7 === 0 ? 3 : 30, 40] },
  }
})
const content = contentOf(elements, 10)

const explored = async () => {
  const workspace = testShelf()
  return { ...workspace, id: await workspace.store('known', content) }
}
const known = (vector: Float32Array) => vector.filter((value) => !Number.isNaN(value))

describe('explore', () => {
  it('says what the import says, to the last digit', async () => {
    const { shelf, id } = await explored()
    const [summary] = await shelf.list({})
    const seen = await shelf.explore({ id })
    expect(seen).toMatchObject({ total: 300, elements: 300, rows: summary!.rows, furtherCellTypes: 0 })
    for (const [c, { name, measured, mean, sd, replicateR, ceiling }] of summary!.cellTypes.entries()) {
      expect(seen.cellTypes[c]).toMatchObject({ name, measured, replicateR, ceiling })
      expect(seen.cellTypes[c]!.mean).toBeCloseTo(mean!, 12)
      expect(seen.cellTypes[c]!.sd).toBeCloseTo(sd!, 12)
    }
  })

  it('counts everything that the filter keeps, once', async () => {
    const { shelf, id } = await explored()
    const seen = await shelf.explore({ id, filter: { activity: [{ cellType: 'HepG2', from: 0, to: 1 }] } })
    const kept = [...content.names.keys()].filter(
      (i) => content.cellTypes[0]!.activities[i]! >= 0 && content.cellTypes[0]!.activities[i]! <= 1,
    )
    expect(seen.elements).toBe(kept.length)
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
    expect(sum(seen.length.counts)).toBe(kept.length)
    expect(sum(seen.gc.counts)).toBe(kept.length)
    for (const { activity, measured } of seen.cellTypes) expect(sum(activity.counts)).toBe(measured)
    // They stand side by side over one axis.
    expect(seen.cellTypes[1]!.activity.edges).toEqual(seen.cellTypes[0]!.activity.edges)
    expect(seen.cellTypes[0]!.measured).toBe(kept.length)
    expect(sum(seen.cellTypes[0]!.barcodes!.counts)).toBe(kept.length)
    expect(seen.cellTypes[1]!.barcodes).toBeNull()
    for (const { n, counts, outside } of [...seen.between, ...seen.replicates]) expect(sum([...counts]) + outside).toBe(n)
    const [hepg2, k562] = content.cellTypes.map(({ activities }) =>
      kept.filter((i) => !Number.isNaN(content.cellTypes[1]!.activities[i])).map((i) => activities[i]!),
    )
    expect(seen.between).toMatchObject([{ x: 'HepG2', y: 'K562', n: hepg2!.length, r: pearson(hepg2!, k562!) }])
  })

  it('has the noise ceiling of what the filter keeps, of replicates with barcodes enough', async () => {
    const { shelf, id } = await explored()
    const kept = [...content.names.keys()].filter((i) => content.sequences[i]!.length === 41)
    const seen = await shelf.explore({ id, filter: { length: { from: 41, to: 41 } } })
    const counted = content.cellTypes[0]!.replicates.map(({ activities, barcodes }) =>
      Float32Array.from(kept, (i) => (barcodes![i]! < 10 ? Number.NaN : activities[i]!)),
    )
    expect(seen.cellTypes[0]).toMatchObject(noiseCeiling(counted))
    expect(seen.replicates.map(({ cellType, x, y }) => `${cellType} ${x} ${y}`)).toEqual([
      'HepG2 1 2',
      'HepG2 1 3',
      'HepG2 2 3',
      'K562 1 2',
      'K562 1 3',
      'K562 2 3',
    ])
  })

  it('lists the most specific elements of each cell type, the most specific first', async () => {
    const { shelf, id } = await explored()
    const { cellTypes } = await shelf.explore({ id })
    const scores = specificityScores(content.cellTypes.map(({ activities }) => activities))
    for (const [c, { specific }] of cellTypes.entries()) {
      const best = [...scores[c]!].filter((score) => !Number.isNaN(score)).sort((a, b) => b - a)
      expect(specific.map(({ score }) => score)).toEqual(best.slice(0, 20))
      for (const { position, name, score } of specific) {
        expect(name).toBe(content.names[position])
        expect(score).toBe(scores[c]![position])
      }
    }
  })

  it('lets a few extreme values lie outside instead of squeezing all others', async () => {
    const { shelf, store } = testShelf()
    const many = Array.from({ length: 3000 }, (_, i): Written => ({
      name: `e${i}`,
      sequence: sequenceOf(i % 50),
      activities: { A: i === 7 ? 1000 : source.normal(), B: source.normal() },
    }))
    const id = await store('outlier', contentOf(many))
    const [density] = (await shelf.explore({ id })).between
    expect(density!.outside).toBeGreaterThan(0)
    expect(density!.outside).toBeLessThan(20)
    expect(density!.bins.width).toBeLessThan(0.5)
  })

  it('shows nothing, without failing, where the filter keeps nothing or a cell type measured nothing', async () => {
    const { shelf, id } = await explored()
    const seen = await shelf.explore({ id, filter: { search: 'no such element' } })
    expect(seen).toMatchObject({ elements: 0, rows: 0 })
    expect(seen.cellTypes[0]).toMatchObject({ measured: 0, mean: null, sd: null, replicateR: null, ceiling: null, specific: [] })
    await expect(shelf.explore({ id, filter: { cellTypes: ['HeLa'] } })).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(shelf.explore({ id: 99 })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('puts every value into the bin whose edges hold it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const bins = binsOf([values], 40)
          const { edges, counts } = countInto(bins, values, Int32Array.from(values.keys()))
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
          for (const value of values) {
            const bin = binOf(bins, value)
            expect(bin).toBeGreaterThanOrEqual(0)
            expect(bin).toBeLessThan(bins.count)
            expect(edges[bin]! - 1e-9 * bins.width).toBeLessThanOrEqual(value)
            expect(edges[bin + 1]! + 1e-9 * bins.width).toBeGreaterThan(value)
          }
        },
      ),
    )
  })
})

describe('the element browser', () => {
  it('finds by name in letters of either case, and by sequence on either strand', async () => {
    const { shelf, id } = await explored()
    const find = async (search: string) => (await shelf.elements({ id, offset: 0, limit: 500, search })).elements.map(({ name }) => name)
    expect(await find('ELEMENT 01')).toHaveLength(10)
    expect(await find('%')).toEqual([])
    const piece = content.sequences[17]!.slice(5, 30)
    const other = decodeBases(reverseComplement((encodeBases(piece) as { codes: Uint8Array }).codes))
    expect(await find(piece.toLowerCase())).toEqual([content.names[17]])
    expect(await find(other.replaceAll('T', 'U'))).toEqual([content.names[17]])
  })

  it.each(['name', 'length', 'gc', 'barcodes', 'activity', 'specificity'] as const)('sorts by %s, unknown values last', async (by) => {
    const { shelf, id } = await explored()
    const ask = async (descending: boolean) =>
      (await shelf.elements({ id, offset: 0, limit: 500, sort: { by, cellType: 'K562', descending } })).elements.map((row) =>
        by === 'activity' || by === 'specificity' ? (by === 'activity' ? row.activities : row.specificity)[1]! : row[by],
      )
    for (const descending of [false, true]) {
      const keys = await ask(descending)
      expect(keys).toHaveLength(300)
      const first = keys.findIndex((key) => key === null)
      const values = first < 0 ? keys : keys.slice(0, first)
      expect(keys.slice(values.length).every((key) => key === null)).toBe(true)
      for (let i = 1; i < values.length; i++) expect(descending ? values[i - 1]! >= values[i]! : values[i - 1]! <= values[i]!).toBe(true)
    }
  })

  it('turns pages without a gap or a repeat', async () => {
    const { shelf, id } = await explored()
    const sort = { by: 'length', descending: true } as const
    const pages = await Promise.all([0, 100, 200].map((offset) => shelf.elements({ id, offset, limit: 100, sort })))
    expect(new Set(pages.flatMap((page) => page.elements.map(({ position }) => position))).size).toBe(300)
    expect(pages[0]!.total).toBe(300)
  })

  it('filters by length, GC, barcodes, measured cell types and the part of a split', async () => {
    const { shelf, id, database } = await explored()
    const count = async (filter: object) => (await shelf.elements({ id, offset: 0, limit: 1, filter })).total
    expect(await count({ length: { from: 41, to: 41 } })).toBe(100)
    expect(await count({ cellTypes: ['HepG2', 'K562'], complete: true })).toBe(known(content.cellTypes[1]!.activities).length)
    expect(await count({ barcodes: 30 })).toBe(elements.filter((_, i) => i % 7 !== 0).length)
    const gcOf = (sequence: string) => sequence.replace(/[AT]/g, '').length / sequence.length
    expect(await count({ gc: { from: 0.5, to: null } })).toBe(content.sequences.filter((sequence) => gcOf(sequence) >= 0.5).length)
    const split = database
      .prepare(
        `INSERT INTO splits (dataset, name, kind, seed, settings, created_at, assignment, groups, leakage)
         VALUES (?, 'x', 'group', 1, '{}', '2026-11-20T12:00:00.000Z', ?, 3, '{"exact":0,"reverseComplement":0,"overlap":0}')`,
      )
      .run(
        id,
        Uint8Array.from({ length: 300 }, (_, i) => (i < 200 ? 0 : i < 250 ? 1 : 2)),
      ).lastInsertRowid
    expect(await count({ part: { split, parts: ['validation', 'test'] } })).toBe(100)
    expect((await shelf.element({ id, position: 220 })).splits).toEqual([{ name: 'x', part: 'validation' }])
  })

  it('writes what it shows as a table that reads back to the same float32', async () => {
    const { shelf, id } = await explored()
    const sort = { by: 'activity', cellType: 'HepG2', descending: true } as const
    const { fileName, bytes } = await shelf.elementsTable({ id, sort })
    expect(fileName).toBe('known elements.tsv')
    const [header, ...lines] = new TextDecoder()
      .decode(bytes)
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(header).toEqual(['name', 'sequence', 'length', 'gc', 'barcodes', 'HepG2', 'K562', 'specificity HepG2', 'specificity K562'])
    expect(lines).toHaveLength(300)
    const positionOf = new Map(content.names.map((name, i) => [name, i]))
    for (const [name, sequence, , , , hepg2, k562] of lines) {
      const i = positionOf.get(name!)!
      expect(sequence).toBe(content.sequences[i])
      expect(Math.fround(Number(hepg2))).toBe(content.cellTypes[0]!.activities[i])
      expect(k562 === '' ? Number.NaN : Math.fround(Number(k562))).toBe(content.cellTypes[1]!.activities[i])
    }
  })

  it('tells all that is known of an element, its relatives too', async () => {
    const { shelf, store } = testShelf()
    const [a, b] = [sequenceOf(1), sequenceOf(2)]
    const opposite = decodeBases(reverseComplement((encodeBases(a) as { codes: Uint8Array }).codes))
    const id = await store(
      'related',
      contentOf(
        [
          { name: 'a', sequence: a, group: 1, activities: { X: [1, 2] }, barcodes: { X: [12, 3] } },
          { name: 'copy', sequence: a.toLowerCase(), group: 1, activities: { X: [1, 2] } },
          { name: 'turned', sequence: opposite, group: 1, activities: { X: [1, 2] } },
          { name: 'shifted', sequence: b, group: 1, activities: { X: [1, 2] } },
          { name: 'stranger', sequence: sequenceOf(3), group: 2, activities: { X: [1, 2] } },
        ],
        10,
      ),
    )
    const element = await shelf.element({ id, position: 0 })
    expect(element.group.first.map(({ name, relation }) => [name, relation])).toEqual([
      ['copy', 'equal'],
      ['shifted', 'overlap'],
      ['turned', 'reverse complement'],
    ])
    expect(element.measurements).toEqual([
      {
        cellType: 'X',
        activity: 1,
        replicates: [
          { name: '1', activity: 1, barcodes: 12, counts: true },
          { name: '2', activity: 2, barcodes: 3, counts: false },
        ],
      },
    ])
    await expect(shelf.element({ id, position: 5 })).rejects.toMatchObject({ code: 'not-found' })
  })
})
