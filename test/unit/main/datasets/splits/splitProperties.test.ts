import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reverseComplement } from '../../../../../src/shared/dna/bases.ts'
import { splitSettingsSchema } from '../../../../../src/shared/domain/split.ts'
import { random, shuffle } from '../../../../../src/shared/stats/random.ts'
import { breather } from '../../../../../src/main/datasets/breathe.ts'
import { classifySequences } from '../../../../../src/main/datasets/classifySequences.ts'
import { groupSequences } from '../../../../../src/main/datasets/groupSequences.ts'
import { assignParts } from '../../../../../src/main/datasets/splits/assignParts.ts'
import { auditLeakage } from '../../../../../src/main/datasets/splits/auditLeakage.ts'

interface Member {
  readonly family: number
  readonly chromosome: string | null
  readonly codes: Uint8Array
}

const chromosomes = 12

/**
 * Families of a window with a copy, its reverse complement and shifted windows of either strand, some of them on other chromosomes.
 * Each chromosome keeps one family to itself, without which a part could be left empty, and the split be refused.
 */
function familiesOf(seed: number, count: number): Member[] {
  const source = random(seed, 1)
  const members = Array.from({ length: count }, (_, family) => {
    const long = Uint8Array.from({ length: 260 }, () => 1 << source.integer(4))
    const shift = 1 + source.integer(150)
    const home = `chr${1 + (family % chromosomes)}`
    const stray = source.uniform() < 0.2 ? `chr${1 + source.integer(chromosomes)}` : source.uniform() < 0.05 ? null : home
    const elsewhere = family < chromosomes ? home : stray
    return [
      long.slice(0, 180),
      long.slice(0, 180),
      reverseComplement(long.slice(0, 180)),
      long.slice(shift, shift + 100),
      reverseComplement(long.slice(149, 260)),
    ].map((codes, i) => ({ family, codes, chromosome: i === 2 ? elsewhere : home }))
  }).flat()
  return shuffle(members, source)
}

const settings = fc.oneof(
  fc.record({ kind: fc.constant('group'), seed: fc.nat(1000) }),
  fc
    .integer({ min: 3, max: 10 })
    .chain((folds) =>
      fc.record({ kind: fc.constant('kfold'), seed: fc.nat(1000), folds: fc.constant(folds), fold: fc.integer({ min: 1, max: folds }) }),
    ),
  fc.record({ kind: fc.constant('chromosome'), seed: fc.nat(1000) }),
  fc.record({
    kind: fc.constant('chromosome'),
    seed: fc.nat(1000),
    test: fc.constant(['chr3', 'chr4']),
    validation: fc.constant(['chr5']),
  }),
)

describe('splits by group, by fold and by chromosome', () => {
  it('never part a sequence from its copies, its reverse complement or its shifted windows, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 36, max: 60 }), settings, async (seed, families, described) => {
        const members = familiesOf(seed, families)
        const sequences = members.map(({ codes }) => codes)
        const classes = await classifySequences(sequences, breather())
        const groups = await groupSequences(classes, breather())
        const source = random(seed, 2)
        const { parts } = assignParts(
          {
            names: members.map((_, i) => `e${i}`),
            groups,
            activities: [Float32Array.from(members, () => source.normal())],
            chromosomes: members.map(({ chromosome }) => chromosome),
            columns: [],
          },
          splitSettingsSchema.parse(described),
        )
        const partOf = new Map(members.map(({ family }, i) => [family, parts[i]]))
        members.forEach(({ family }, i) => expect(parts[i]).toBe(partOf.get(family)))
        expect(new Set(parts)).toEqual(new Set([0, 1, 2]))
        const { leakage, audit } = await auditLeakage(
          classes,
          members.map((_, i) => `e${i}`),
          parts,
          breather(),
        )
        const none = { exact: 0, reverseComplement: 0, overlap: 0 }
        expect(leakage).toEqual(none)
        for (const pair of audit) expect(pair).toMatchObject({ ...none, examples: [] })
      }),
      { numRuns: 60 },
    )
  })

  it('test on the chromosomes that are named and on no other', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(1000), (seed, splitSeed) => {
        const members = familiesOf(seed, 48)
        const groups = Int32Array.from(members, ({ family }) => family)
        const { parts } = assignParts(
          { names: [], groups, activities: [], chromosomes: members.map(({ chromosome }) => chromosome), columns: [] },
          splitSettingsSchema.parse({ kind: 'chromosome', seed: splitSeed, test: ['chr3', 'chr4'], validation: ['chr5'] }),
        )
        members.forEach(({ chromosome }, i) => {
          if (parts[i] === 2) expect([null, 'chr3', 'chr4']).toContain(chromosome)
          if (parts[i] === 1) expect([null, 'chr5']).toContain(chromosome)
        })
      }),
    )
  })

  it('are found out by the audit where one element is moved by hand', async () => {
    const members = familiesOf(5, 12)
    const classes = await classifySequences(
      members.map(({ codes }) => codes),
      breather(),
    )
    const parts = Uint8Array.from(members, ({ family }) => (family < 8 ? 0 : family < 10 ? 1 : 2))
    const moved = members.findIndex(({ family }) => family === 11)
    parts[moved] = 0
    const { leakage } = await auditLeakage(
      classes,
      members.map((_, i) => `e${i}`),
      parts,
      breather(),
    )
    expect(leakage.exact + leakage.reverseComplement + leakage.overlap).toBeGreaterThan(0)
  })
})
