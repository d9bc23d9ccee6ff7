import { describe, expect, it } from 'vitest'
import { Library } from '../../../../src/main/datasets/library.ts'
import { Measurements } from '../../../../src/main/datasets/measurements.ts'
import { tabulate } from '../../../../src/main/datasets/tabulate.ts'

type Row = readonly [name: string, replicate: string, activity: number, barcodes: number]

function tabulated(rows: readonly Row[], minimum = 0) {
  const library = new Library('library.fa')
  for (const [i, name] of ['a', 'b'].entries()) library.add({ name, sequence: 'ACGT', codes: Uint8Array.of(1, 2, 4, 8), line: 2 * i + 1 })
  const measurements = new Measurements('K562', 'K562.tsv', true)
  for (const [i, [name, replicate, activity, barcodes]] of rows.entries())
    measurements.add(library.numberOf(name), replicate, activity, barcodes, i + 2)
  return tabulate(measurements, library, minimum)
}

describe('tabulate', () => {
  it('takes of repeated rows the one with most barcodes, then the smaller activity, in whatever order they come', () => {
    const rows: Row[] = [
      ['a', '1', 5, 20],
      ['a', '1', 9, 30],
      ['a', '1', 7, 30],
      ['a', '1', 1, 10],
    ]
    for (const order of [rows, rows.toReversed(), [rows[2]!, rows[0]!, rows[3]!, rows[1]!]]) {
      const { activities, barcodes, repeated } = tabulated(order)
      expect(activities[0]![0]).toBe(7)
      expect(barcodes![0]![0]).toBe(30)
      expect(repeated).toHaveLength(3)
    }
  })

  it('orders replicates as a person would, and averages in that order', () => {
    const { replicates, activities, means } = tabulated([
      ['a', '10', 3, 9],
      ['a', '9', 2, 9],
      ['a', '1', 1, 9],
    ])
    expect(replicates).toEqual(['1', '9', '10'])
    expect(activities.map((values) => values[0])).toEqual([1, 2, 3])
    expect([...means]).toEqual([2, Number.NaN])
  })

  it('keeps values with too few barcodes, and leaves them out of the mean', () => {
    const { activities, means, below } = tabulated(
      [
        ['a', '1', 1, 10],
        ['a', '2', 3, 9],
        ['b', '2', 3, 9],
        ['b', '1', 3, Number.NaN],
      ],
      10,
    )
    expect(activities.map((values) => [...values])).toEqual([
      [1, 3],
      [3, 3],
    ])
    expect([...means]).toEqual([1, Number.NaN])
    expect(below).toMatchObject({ rows: 3, sequences: 1 })
  })

  it('leaves out, and says so, a number that float32 cannot hold', () => {
    const { means, withoutValue } = tabulated([
      ['a', '1', 1e300, 9],
      ['b', '1', 1, 9],
    ])
    expect([...means]).toEqual([NaN, 1])
    expect(withoutValue).toEqual([{ name: 'a', file: 'K562.tsv', line: 2 }])
  })
})
