import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { groupSequences } from '../../../../src/main/datasets/groupSequences.ts'
import { classifySequences } from '../../../../src/main/datasets/classifySequences.ts'
import { MINIMUM_OVERLAP } from '../../../../src/main/datasets/findOverlaps.ts'

const genome = (seed: number, length: number) => {
  const source = random(seed)
  return Uint8Array.from({ length }, () => 1 << source.integer(4))
}
const group = async (sequences: readonly Uint8Array[]) => groupSequences(await classifySequences(sequences, breather()), breather())

describe('classifySequences and groupSequences', () => {
  it('know equal sequences, reverse complements and overlapping windows of either strand from strangers', async () => {
    const long = genome(1, 400)
    const window = long.slice(0, 200)
    const sequences = [
      genome(2, 200),
      window,
      long.slice(200 - MINIMUM_OVERLAP, 400 - MINIMUM_OVERLAP),
      reverseComplement(window),
      window.slice(),
      reverseComplement(long.slice(100, 300)),
      genome(3, 200),
      window.slice(50, 120),
    ]
    expect([...(await group(sequences))]).toEqual([0, 1, 1, 1, 1, 1, 2, 1])
    const related = await classifySequences(sequences, breather())
    expect([...related.classes]).toEqual([0, 1, 2, 1, 1, 3, 4, 5])
    expect([...related.strands]).toEqual([0, 0, 0, 1, 0, 0, 0, 0])
  })

  it('take one base less than the minimum for no overlap', async () => {
    const long = genome(4, 400)
    expect([...(await group([long.slice(0, 200), long.slice(200 - MINIMUM_OVERLAP + 1, 400)]))]).toEqual([0, 1])
  })

  it('keep the alleles of a window and letters that may be any base together', async () => {
    const window = genome(5, 200)
    const allele = window.slice()
    allele[100] = allele[100] === 1 ? 2 : 1
    const masked = window.slice().fill(15, 40, 45)
    const maskedEnds = window.slice().fill(15, 0, 10).fill(15, 190, 200)
    expect([...(await group([window, allele, masked, maskedEnds]))]).toEqual([0, 0, 0, 0])
  })

  it('bear one different base in twenty of an overlap and no more', async () => {
    const long = genome(16, 400)
    const differing = (count: number) => {
      const window = long.slice(160, 360)
      for (let i = 0; i < count; i++) window[31 + 2 * i] = window[31 + 2 * i] === 1 ? 2 : 1
      return window
    }
    expect([...(await group([long.slice(0, 200), differing(2)]))]).toEqual([0, 0])
    expect([...(await group([long.slice(0, 200), differing(3)]))]).toEqual([0, 1])
  })

  it('hold the thousands of alleles of one mutagenesis together', async () => {
    const window = genome(12, 200)
    const alleles = Array.from({ length: 3000 }, (_, i) => {
      const codes = window.slice()
      codes[i % 200] = 1 << ((i / 200) & 3)
      codes[(i * 7) % 200] = 1 << (i & 3)
      return codes
    })
    expect(new Set(await group([...alleles, genome(13, 200)])).size).toBe(2)
  })

  it('look past the ends of two designs in one library, and still find what is related', async () => {
    const ends = [genome(14, 50), genome(15, 50)]
    const design = (element: Uint8Array, i: number) => Uint8Array.from([...element, ...ends[i % 2]!])
    const elements = Array.from({ length: 900 }, (_, i) => design(genome(100 + i, 120), i))
    const allele = elements[7]!.slice()
    allele[60] = allele[60] === 1 ? 2 : 1
    expect(new Set(await group([...elements, allele, reverseComplement(allele)])).size).toBe(900)
  })

  it('tell apart windows that share a repeat and nothing around it', async () => {
    const repeat = genome(6, 60)
    const around = (seed: number) => Uint8Array.from([...genome(seed, 70), ...repeat, ...genome(seed + 100, 70)])
    expect([...(await group([around(7), around(8), around(9)]))]).toEqual([0, 1, 2])
  })

  it('take sequences too short for a seed only when they are equal or reverse complements', async () => {
    const short = genome(10, 20)
    expect([...(await group([short, reverseComplement(short), genome(11, 20), short.slice(1), new Uint8Array(0)]))]).toEqual([
      0, 0, 1, 2, 3,
    ])
  })

  it('find what comparing all pairs finds, on windows of a small genome', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.record({ at: fc.nat(900), length: fc.integer({ min: 35, max: 120 }), reversed: fc.boolean() }), {
          minLength: 1,
          maxLength: 25,
        }),
        async (seed, windows) => {
          const source = genome(seed, 1100)
          const sequences = windows.map(({ at, length, reversed }) =>
            reversed ? reverseComplement(source.slice(at, at + length)) : source.slice(at, at + length),
          )
          const groups = await group(sequences)
          const expected = connect(windows.length, (a, b) => {
            const [x, y] = [windows[a]!, windows[b]!]
            return Math.min(x.at + x.length, y.at + y.length) - Math.max(x.at, y.at) >= MINIMUM_OVERLAP
          })
          expect([...groups]).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('stop when they are told to', async () => {
    const controller = new AbortController()
    const sequences = Array.from({ length: 200 }, (_, i) => genome(i, 100))
    controller.abort()
    await expect(classifySequences(sequences, breather(controller.signal))).rejects.toMatchObject({ code: 'cancelled' })
  })
})

/** Numbers of connected items in the order of their first members, by comparing all pairs. */
function connect(count: number, related: (a: number, b: number) => boolean): number[] {
  const of = Array.from({ length: count }, (_, i) => i)
  for (let changed = true; changed;) {
    changed = false
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        if (of[a]! < of[b]! && related(a, b)) {
          of[b] = of[a]!
          changed = true
        }
      }
    }
  }
  const numbers = [...new Set(of)]
  return of.map((first) => numbers.indexOf(first))
}
