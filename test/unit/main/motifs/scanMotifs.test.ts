import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plantedMotifs } from '../../../../src/main/datasets/simulation/motifEffects.ts'
import { simulateElements } from '../../../../src/main/datasets/simulation/simulateElements.ts'
import { motifLibrary, prepareMotifs, type CountedMotif } from '../../../../src/main/motifs/motifLibrary.ts'
import { bestFamily, scanMotifs } from '../../../../src/main/motifs/scanMotifs.ts'
import { pValues, scoringMatrix, STEPS_PER_BIT } from '../../../../src/main/motifs/scoringMatrix.ts'
import { BASES, codesOf, decodeBases, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { random } from '../../../../src/shared/stats/random.ts'

const countsOf = (width: number) =>
  fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40)), { minLength: width, maxLength: width })
const motif = (counts: readonly (readonly number[])[], name = 'm'): CountedMotif => ({ id: name, name, family: `${name} family`, counts })

/** Scores in bits by the definition alone. */
function bitsOf(counts: readonly (readonly number[])[]): number[][] {
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count) => Math.log2((count + 0.25) / (total + 1) / 0.25))
  })
}

function* words(width: number): Generator<number[]> {
  for (let word = 0; word < 4 ** width; word++) yield Array.from({ length: width }, (_, i) => (word >> (2 * i)) & 3)
}

describe('p-values', () => {
  it('are the shares of all words that lose as little, by counting them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }).chain(countsOf), fc.constantFrom(1, 0.3, 0.02), (counts, threshold) => {
        const matrix = scoringMatrix(counts)
        const lost = [...words(counts.length)].map((word) => word.reduce((sum, base, i) => sum + matrix.losses[i * 4 + base]!, 0))
        const p = pValues(matrix, threshold)
        for (const loss of new Set(lost)) {
          const share = lost.filter((other) => other <= loss).length / lost.length
          if (share <= threshold) expect(p[loss]).toBeCloseTo(share, 12)
          else expect(loss).toBeGreaterThanOrEqual(p.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are those of the scores in full, but for the steps that scores are counted in', () => {
    const counts = plantedMotifs.get('Sox2')!.shares.map((row) => row.map((share) => Math.round(share * 1476)))
    const bits = bitsOf(counts)
    const scores = Float64Array.from(words(8), (word) => word.reduce((sum, base, i) => sum + bits[i]![base]!, 0)).sort()
    const { best, losses, width } = scoringMatrix(counts)
    const p = pValues({ best, losses, width }, 1e-2)
    expect(best).toBeCloseTo(scores.at(-1)!, 10)
    const slack = (width / 2 / STEPS_PER_BIT) * 1.0001
    const shareAbove = (score: number) => scores.filter((other) => other >= score).length / scores.length
    for (let loss = 0; loss < p.length; loss += 97) {
      const score = best - loss / STEPS_PER_BIT
      expect(p[loss]).toBeGreaterThanOrEqual(shareAbove(score + slack))
      expect(p[loss]).toBeLessThanOrEqual(shareAbove(score - slack))
    }
  })

  it('never pass the threshold, and leave out a motif that is too short for it', () => {
    for (const { p } of motifLibrary().oriented) expect(p.at(-1)).toBeLessThanOrEqual(1e-4)
    expect(motifLibrary().oriented).toHaveLength(36)
    expect(prepareMotifs([motif(Array.from({ length: 5 }, () => [9, 0, 0, 0]))], 1e-4, '').oriented).toEqual([])
  })
})

describe('scanMotifs', () => {
  it('finds what scoring every place on both strands finds, and nothing else', () => {
    const library = [
      motif(
        [
          [9, 0, 0, 1],
          [0, 8, 2, 0],
          [0, 0, 9, 0],
          [3, 3, 3, 1],
          [0, 0, 0, 9],
        ],
        'five',
      ),
      motif(
        [
          [1, 5, 5, 1],
          [9, 0, 0, 1],
          [0, 9, 0, 1],
          [0, 9, 1, 0],
          [7, 1, 1, 1],
          [2, 2, 2, 4],
          [1, 0, 9, 0],
        ],
        'seven',
      ),
    ]
    const threshold = 0.02
    const prepared = prepareMotifs(library, threshold, '')
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ACGTACGTN'), maxLength: 60 }), (sequence) => {
        const expected = library.flatMap(({ name, counts }) => {
          const { losses } = scoringMatrix(counts)
          const p = pValues(scoringMatrix(counts), threshold)
          return [...sequence].flatMap((_, start) =>
            (['+', '-'] as const).flatMap((strand) => {
              const forward = sequence.slice(start, start + counts.length)
              const word = strand === '+' ? forward : decodeBases(reverseComplement(codesOf(forward)))
              if (word.length < counts.length || word.includes('N')) return []
              const lost = [...word].reduce((sum, base, i) => sum + losses[i * 4 + BASES.indexOf(base)]!, 0)
              return lost < p.length ? [`${name} ${start} ${strand} ${p[lost]}`] : []
            }),
          )
        })
        const found = scanMotifs(codesOf(sequence), prepared).map(({ motif, start, strand, p }) => `${motif} ${start} ${strand} ${p}`)
        expect(found.sort()).toEqual(expected.sort())
      }),
    )
  })

  it('gives places as in BED and scores in bits, on either strand', () => {
    const around = 'ACACACACAC'
    const foxa = scanMotifs(codesOf(around + 'TGTTTACTTTGG' + around)).filter(({ motif }) => motif === 'Foxa2')
    expect(foxa).toHaveLength(1)
    expect(foxa[0]).toMatchObject({ id: 'MA0047.2', family: 'FOX', start: 10, end: 22, strand: '+' })
    expect(foxa[0]!.p).toBeLessThan(1e-6)
    const other = scanMotifs(codesOf(around + 'CCAAAGTAAACA' + around)).filter(({ motif }) => motif === 'Foxa2')
    expect(other).toMatchObject([{ start: 10, end: 22, strand: '-', score: foxa[0]!.score, p: foxa[0]!.p }])
  })

  it('finds nearly all of the sites that the demo plants', () => {
    let planted = 0
    let found = 0
    for (const { sequence, motifs } of simulateElements(600, 7)) {
      const hits = new Set(scanMotifs(codesOf(sequence)).map(({ motif }) => motif))
      for (const name of motifs) {
        planted++
        if (hits.has(name)) found++
      }
    }
    expect(planted).toBeGreaterThan(1000)
    expect(found / planted).toBeGreaterThan(0.9)
  })

  it('finds about as many in random DNA as its threshold says', () => {
    const source = random(5)
    const codes = Uint8Array.from({ length: 400_000 }, () => 1 << source.integer(4))
    const library = motifLibrary()
    const expected = library.oriented.reduce((sum, { p, width }) => sum + p.at(-1)! * (codes.length - width + 1), 0)
    const hits = scanMotifs(codes, library)
    expect(Math.abs(hits.length - expected)).toBeLessThan(6 * Math.sqrt(2 * expected))
  })
})

describe('bestFamily', () => {
  it('is that of the likeliest match, or none', () => {
    expect(bestFamily(codesOf('ACACACACACACACAC'))).toBeNull()
    expect(bestFamily(codesOf('ACACTGTTTACTTTGGACAC'))).toBe('FOX')
    for (const { sequence } of simulateElements(50, 3)) {
      const hits = scanMotifs(codesOf(sequence)).sort((a, b) => a.p - b.p || b.score - a.score)
      expect(bestFamily(codesOf(sequence))).toBe(hits[0]?.family ?? null)
    }
  })
})
