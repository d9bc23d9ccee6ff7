import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Assay, Replicate } from '../../../../../src/main/datasets/importing/assay.ts'

const place = { file: 0, line: 1 }
const rows = fc.array(
  fc.record({ number: fc.nat(3), activity: fc.integer({ min: -3, max: 3 }), barcodes: fc.integer({ min: -1, max: 3 }) }),
  {
    maxLength: 20,
  },
)

describe('a replicate', () => {
  it('keeps of several rows the one with the most barcodes, then the smallest activity, in whatever order they come', () => {
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const read = (some: typeof all) => {
            const replicate = new Replicate()
            const repeated = some.filter(
              ({ number, activity, barcodes }) => !replicate.putActivity(number, activity, barcodes, place),
            ).length
            const kept = [0, 1, 2, 3].map((number) => [replicate.activities[number] ?? NaN, replicate.barcodes[number] ?? -1])
            return { repeated, kept }
          }
          expect(read(shuffled)).toEqual(read(all))
          for (const number of [0, 1, 2, 3]) {
            const mine = all.filter((row) => row.number === number)
            if (mine.length === 0) continue
            const most = Math.max(...mine.map(({ barcodes }) => barcodes))
            const least = Math.min(...mine.filter(({ barcodes }) => barcodes === most).map(({ activity }) => activity))
            expect(read(all).kept[number]).toEqual([least, most])
          }
          expect(read(all).repeated).toBe(all.length - new Set(all.map(({ number }) => number)).size)
        },
      ),
    )
  })

  it('sums counts of barcodes the same in whatever parts they are read', () => {
    const counts = fc.array(fc.record({ number: fc.nat(3), dna: fc.nat(5), rna: fc.nat(5) }), { maxLength: 30 })
    fc.assert(
      fc.property(counts, fc.nat(30), (all, cut) => {
        const read = (some: typeof all) => {
          const assay = new Assay('K562')
          for (const { number, dna, rna } of some) assay.replicate('1').addBarcode(number, dna, rna, place)
          return assay
        }
        const whole = read(all)
        const parts = read(all.slice(0, cut))
        parts.take(read(all.slice(cut)))
        for (const assay of [whole, parts]) assay.replicate('1').settleBarcodes()
        const sums = (assay: Assay) => {
          const { dna, rna, barcodes } = assay.replicate('1')
          return [0, 1, 2, 3].map((number) => [dna[number] ?? NaN, rna[number] ?? NaN, barcodes[number] ?? 0])
        }
        expect(sums(parts)).toEqual(sums(whole))
        for (const number of [0, 1, 2, 3])
          expect(sums(whole)[number]![2]).toBe(all.filter((row) => row.number === number && row.dna > 0).length)
      }),
    )
  })
})
