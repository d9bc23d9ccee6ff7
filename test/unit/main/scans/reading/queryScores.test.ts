import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryScores, readScorePage } from '../../../../../src/main/scans/reading/queryScores.ts'
import { scoreRows } from '../../../../../src/main/scans/reading/scoreRows.ts'
import { descendingNames, sortByNames } from '../../../../../src/main/scans/reading/sortByNames.ts'
import { sortByNumbers } from '../../../../../src/main/scans/reading/sortByNumbers.ts'
import { scoreQuerySchema, type Score, type ScoreQuery } from '../../../../../src/shared/domain/scan.ts'
import { CELL_TYPES, makeScan, never, type MadeScan } from './scanFixture.ts'

const positionsOf = (items: { readonly length: number }) => Int32Array.from({ length: items.length }, (_, i) => i)

describe('sortByNumbers', () => {
  it('is the order that comparing gives: NaN last both ways, equal ones as they stood', () => {
    const number = fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 1e-45))
    fc.assert(
      fc.property(fc.array(number), fc.boolean(), fc.boolean(), (values, descending, double) => {
        const numbers = double ? Float64Array.from(values, (value) => value + (value === 1 ? 1e-12 : 0)) : Float32Array.from(values)
        const sign = descending ? -1 : 1
        const expected = [...positionsOf(values)].sort((a, b) => {
          const [x, y] = [numbers[a]!, numbers[b]!]
          if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
          return sign * (x < y ? -1 : Number(x > y)) || a - b
        })
        expect([...sortByNumbers(positionsOf(values), numbers, descending)]).toEqual(expected)
      }),
    )
  })

  it('tells doubles apart that are one float32', () => {
    const numbers = Float64Array.from({ length: 500 }, (_, i) => 1 + ((i * 7919) % 500) * 1e-13)
    const sorted = [...sortByNumbers(positionsOf(numbers), numbers, true)].map((i) => numbers[i]!)
    expect(sorted).toEqual([...numbers].sort((a, b) => b - a))
  })
})

describe('sortByNames', () => {
  it('is the order of code units, equal names as they stood, both ways', async () => {
    const part = fc.constantFrom('', 'a', 'HepG2_', 'HepG2_DNasePeakNoPromoter', 'é', 'ÿ', 'Ā', '\uffff', '𝒳', '1', '22', ':')
    const name = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 400 }), async (names) => {
        const by = (sign: number) => (a: number, b: number) => sign * (names[a]! < names[b]! ? -1 : Number(names[a]! > names[b]!)) || a - b
        const sorted = await sortByNames(positionsOf(names), names, never)
        expect([...sorted]).toEqual([...positionsOf(names)].sort(by(1)))
        expect([...descendingNames(sorted, names)]).toEqual([...positionsOf(names)].sort(by(-1)))
      }),
      { numRuns: 200 },
    )
  })

  it('does so for many, where it sorts by digits', async () => {
    const names = Array.from({ length: 30_000 }, (_, i) => `tile_${(i * 7919) % 30_011}${i % 3 ? '' : 'é'}${i % 5 ? '' : 'Ā'}`)
    const sorted = await sortByNames(positionsOf(names), names, never)
    expect(Array.from(sorted, (i) => names[i]!)).toEqual([...names].sort())
  })
})

describe('the table of a scan', () => {
  let made: MadeScan
  let rows: Score[]
  const query = (asked: Partial<ScoreQuery> = {}) => scoreQuerySchema.parse(asked)
  beforeAll(async () => {
    const lengths = Array.from({ length: 60 }, (_, i) => 20 + ((i * 37) % 90))
    made = makeScan({ names: lengths.map((_, i) => `${['Tile', 'tile', 'Ω|a:b'][i % 3]} ${(i * 17) % 61}`), lengths })
    rows = (await readScorePage(made.database, made.scan, { ...query(), offset: 0, limit: 1000 }, never)).scores
  })
  afterAll(() => made.close())

  it('gives every sequence as it was stored', () => {
    expect(rows.map(({ name }) => name)).toEqual(made.sequences.map(({ name }) => name))
    rows.forEach(({ position, length, windows, scores, specificity, percentile, aboveShuffled }, i) => {
      const { codes, windows: cut, scores: stored } = made.sequences[i]!
      expect({ position, length, windows }).toEqual({ position: i, length: codes.length, windows: cut })
      expect(scores).toEqual(CELL_TYPES.map((_, c) => Math.max(...stored.filter((_, at) => at % 3 === c))))
      expect(specificity[1]).toBeCloseTo(scores[1]! - (scores[0]! + scores[2]!) / 2, 12)
      expect(percentile).toEqual([null, null, null])
      expect(aboveShuffled[0]).toBe((100 * made.shuffled.filter((value) => value < scores[0]!).length) / 200)
    })
  })

  const column = fc.oneof(
    fc.constantFrom('name', 'line', 'length', 'gc', 'distance').map((by) => ({ by }) as const),
    fc
      .tuple(fc.constantFrom('score', 'specificity', 'spread'), fc.constantFrom(...CELL_TYPES))
      .map(([by, column]) => ({ by, column }) as const),
  )
  const valueOf = (row: Score, { by, column: key }: { by: string; column?: string }): number | string | null => {
    const c = CELL_TYPES.indexOf(key ?? '')
    if (by === 'score') return row.scores[c]!
    if (by === 'specificity') return row.specificity[c]!
    if (by === 'spread') return row.spread[c]!
    return row[by as 'name' | 'line' | 'length' | 'gc' | 'distance']
  }

  it('finds and sorts as one would by hand, whatever is asked', async () => {
    const number = fc.option(
      fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true })),
    )
    const range = fc.tuple(column, number, number).filter(([{ by }]) => by !== 'name')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('', 'TILE', '1', 'a:B', 'nothing'),
        fc.array(range, { maxLength: 2 }),
        fc.boolean(),
        fc.option(fc.tuple(column, fc.boolean())),
        async (search, ranges, unflagged, sort) => {
          const asked = query({
            search,
            unflagged,
            ranges: ranges.map(([by, from, to]) => ({ ...by, from, to })),
            sort: (sort && { ...sort[0], descending: sort[1] }) as ScoreQuery['sort'],
          })
          const expected = rows.filter(
            (row) =>
              row.name.toLowerCase().includes(search.toLowerCase()) &&
              (!unflagged || row.flags.length === 0) &&
              ranges.every(([by, from, to]) => {
                if (from === null && to === null) return true
                const value = valueOf(row, by)
                return value !== null && (value as number) >= (from ?? -Infinity) && (value as number) <= (to ?? Infinity)
              }),
          )
          if (sort) {
            const [by, descending] = sort
            expected.sort((a, b) => {
              const [x, y] = [valueOf(a, by), valueOf(b, by)]
              if (x === null || y === null) return Number(x === null) - Number(y === null) || a.position - b.position
              return (descending ? -1 : 1) * (x < y ? -1 : Number(x > y)) || a.position - b.position
            })
          }
          const page = await readScorePage(made.database, made.scan, { ...asked, offset: 3, limit: 20 }, never)
          expect(page.total).toBe(expected.length)
          expect(page.scores).toEqual(expected.slice(3, 23))
          const streamed: Score[] = []
          for await (const batch of (await scoreRows(made.database, made.scan, asked, never)).batches) streamed.push(...batch)
          expect(streamed).toEqual(expected)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('says which columns there are where one is asked for that is not', async () => {
    await expect(
      queryScores(made.database, made.scan, query({ sort: { by: 'score', column: 'HeLa', descending: true } }), never),
    ).rejects.toMatchObject({
      message: 'The scores have no column HeLa.',
      details: { hint: 'The columns are HepG2, K562, WTC11.' },
    })
    await expect(queryScores(made.database, made.scan, query({ ranges: [{ by: 'name', from: 1, to: null }] }), never)).rejects.toThrow(
      'A range is of numbers, and names are none.',
    )
  })
})
