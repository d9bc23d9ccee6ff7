import { describe, expect, it } from 'vitest'
import { reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { classifySequences } from '../../../../src/main/datasets/classifySequences.ts'
import { auditLeakage } from '../../../../src/main/datasets/splits/auditLeakage.ts'
import { chromosomeOf } from '../../../../src/main/datasets/splits/chromosomeOf.ts'
import { splitByChromosome } from '../../../../src/main/datasets/splits/splitByChromosome.ts'
import { splitByColumn } from '../../../../src/main/datasets/splits/splitByColumn.ts'
import { splitByGroup } from '../../../../src/main/datasets/splits/splitByGroup.ts'
import { splitByName } from '../../../../src/main/datasets/splits/splitByName.ts'
import type { SplitContent } from '../../../../src/main/datasets/splits/splitContent.ts'
import { splitIntoFolds } from '../../../../src/main/datasets/splits/splitIntoFolds.ts'
import { defaultShares, parts as partNames } from '../../../../src/shared/domain/split.ts'

/** Pairs of elements in cell types with activities of their own, one measured in half of the elements only. */
function content(elements: number): SplitContent {
  const source = random(3)
  const base = Float32Array.from({ length: elements }, () => source.normal())
  return {
    names: Array.from({ length: elements }, (_, i) => `e${i}`),
    groups: Int32Array.from({ length: elements }, (_, i) => i >> 1),
    activities: [
      base.map((value) => value + 0.5 * source.normal()),
      base.map((value) => 2 * value + source.normal() - 3),
      base.map((value, i) => (i % 2 ? Number.NaN : value + 2 * source.normal())),
    ],
    chromosomes: Array.from({ length: elements }, () => null),
    columns: [],
  }
}
const SHARES = partNames.map((part) => defaultShares[part])
const usual = (seed: number) => ({ seed, shares: defaultShares })
const sizes = (parts: Uint8Array) => SHARES.map((_, part) => parts.filter((code) => code === part).length)

describe('splitByGroup', () => {
  const whole = content(2000)

  it('keeps groups whole and gives each part its share', () => {
    const { parts, groups } = splitByGroup(whole, usual(1))
    expect(groups).toBe(1000)
    for (let i = 0; i < parts.length; i += 2) expect(parts[i]).toBe(parts[i + 1])
    sizes(parts).forEach((size, part) => expect(Math.abs(size - SHARES[part]! * 2000)).toBeLessThanOrEqual(4))
  })

  it('matches mean activity and specificity across the parts in every cell type, better than chance does', () => {
    const { parts } = splitByGroup(whole, usual(1))
    for (const vector of whole.activities) {
      const z = standardised(vector)
      for (const part of SHARES.keys()) {
        const members = [...z].filter((value, i) => parts[i] === part && !Number.isNaN(value))
        const mean = members.reduce((sum, value) => sum + value, 0) / members.length
        expect(Math.abs(mean)).toBeLessThan(0.12)
      }
    }
    const specific = Array.from(whole.groups, (_, i) =>
      indexOfHighest(whole.activities.map((vector) => standardised(vector)[i] ?? Number.NaN)),
    )
    const share = (part: number, cellType: number) => {
      const members = specific.filter((_, i) => parts[i] === part)
      return members.filter((one) => one === cellType).length / members.length
    }
    for (const cellType of [0, 1]) expect(Math.abs(share(0, cellType) - share(2, cellType))).toBeLessThan(0.08)
  })

  it('is the same for the same seed and another for another', () => {
    expect(splitByGroup(whole, usual(1))).toEqual(splitByGroup(whole, usual(1)))
    expect(splitByGroup(whole, usual(2))).not.toEqual(splitByGroup(whole, usual(1)))
  })

  it('makes room for a group as large as a part', () => {
    const { parts } = splitByGroup({ ...whole, groups: whole.groups.map((group, i) => (i < 900 ? 0 : group - 449)) }, usual(1))
    sizes(parts).forEach((size, part) => expect(Math.abs(size - SHARES[part]! * 2000)).toBeLessThanOrEqual(10))
  })

  it('fills every part of the smallest dataset, and refuses less in words', () => {
    const three = { groups: Int32Array.of(0, 1, 2), activities: [Float32Array.of(1, 2, 3)] }
    expect(sizes(splitByGroup(three, usual(0)).parts)).toEqual([1, 1, 1])
    expect(() => splitByGroup({ ...three, groups: Int32Array.of(0, 1, 1) }, usual(0))).toThrow(/2 groups .* 3 are needed/)
  })
})

describe('splitByName', () => {
  it('splits each name on its own, seeded', () => {
    const { parts, groups } = splitByName(content(1000), usual(5))
    expect(sizes(parts)).toEqual([700, 150, 150])
    expect(groups).toBe(1000)
    expect(parts).toEqual(splitByName(content(1000), usual(5)).parts)
    expect(parts).not.toEqual(splitByName(content(1000), usual(6)).parts)
  })
})

describe('splitIntoFolds', () => {
  const whole = content(2000)
  const round = (fold: number, folds = 5) => splitIntoFolds(whole, { seed: 1, folds, fold }).parts

  it('tests each element once over all rounds, and lets it validate once, in the round before', () => {
    const rounds = [1, 2, 3, 4, 5].map((fold) => round(fold))
    for (let i = 0; i < 2000; i++) {
      const own = rounds.map((parts) => parts[i]!)
      expect(own.toSorted()).toEqual([0, 0, 0, 1, 2])
      expect(own[(own.indexOf(2) + 4) % 5]).toBe(1)
    }
    for (const parts of rounds) {
      expect(Math.abs(sizes(parts)[2]! - 400)).toBeLessThanOrEqual(4)
      for (let i = 0; i < parts.length; i += 2) expect(parts[i]).toBe(parts[i + 1])
    }
  })

  it('takes as many folds as asked for, and refuses more than there are groups', () => {
    expect(Math.abs(sizes(round(20, 20))[2]! - 100)).toBeLessThanOrEqual(4)
    expect(() => splitIntoFolds({ ...whole, groups: whole.groups.map((group) => group % 4) }, { seed: 1, folds: 5, fold: 1 })).toThrow(
      /4 groups .* 5 are needed/,
    )
  })
})

describe('splitByChromosome', () => {
  const names = Array.from({ length: 400 }, (_, i) => `C:SLEA_hg18:chr${1 + (i % 20)}:${1000 + i}-${1200 + i}|66:V_X_Reversed:`)
  const of = (all: string[], groups = Int32Array.from(all.keys())) => ({ chromosomes: all.map(chromosomeOf), groups })
  const drawn = { ...usual(1), validation: [], test: [] }

  it('reads the chromosome out of names that tell coordinates', () => {
    expect(chromosomeOf('C:SLEA_hg18:chr2:210861483-210861650|66:V_AHRARNT_02:GG')).toBe('chr2')
    expect(chromosomeOf('chrX_100_200')).toBe('chrX')
    expect(chromosomeOf('HepG2_DNasePeakNoPromoter38956')).toBeNull()
    expect(chromosomeOf('chromatin:1-2')).toBeNull()
    expect(chromosomeOf('chr2')).toBeNull()
  })

  it('keeps chromosomes whole, gives each part its share, and trains on what tells nothing', () => {
    const { parts, groups } = splitByChromosome(of([...names, 'unknown']), drawn)
    expect(groups).toBe(20)
    const partOf = new Map(names.map((name, i) => [chromosomeOf(name), parts[i]]))
    names.forEach((name, i) => expect(parts[i]).toBe(partOf.get(chromosomeOf(name))))
    expect(sizes(parts)).toEqual([281, 60, 60])
    expect(parts[400]).toBe(0)
  })

  it('tests on the chromosomes that are named', () => {
    const { parts } = splitByChromosome(of(names), { ...drawn, test: ['chr8', 'chr9'], validation: ['chr7'] })
    names.forEach((name, i) => expect(parts[i]).toBe({ chr8: 2, chr9: 2, chr7: 1 }[chromosomeOf(name)!] ?? 0))
    const onlyTest = splitByChromosome(of(names), { ...drawn, test: ['chr8'] }).parts
    names.forEach((name, i) => expect(onlyTest[i] === 2).toBe(chromosomeOf(name) === 'chr8'))
    expect(sizes(onlyTest)[1]).toBeGreaterThan(0)
  })

  it('trains on groups that lie on chromosomes of two parts, so that nothing like the test is learnt from', () => {
    // Element 7 lies on chr8, 0 on chr1 and 21 on chr2: a repeat of three.
    const groups = Int32Array.from(names.keys(), (i) => (i === 7 || i === 21 ? 0 : i))
    const { parts } = splitByChromosome(of(names, groups), { ...drawn, test: ['chr8'], validation: ['chr7'] })
    expect([parts[7], parts[0], parts[21]]).toEqual([0, 0, 0])
    expect(parts[27]).toBe(2)
  })

  it('lets a sequence of unknown place follow those that it is related to', () => {
    const groups = Int32Array.from({ length: 401 }, (_, i) => (i === 400 ? 7 : i))
    expect(splitByChromosome(of([...names, 'unknown'], groups), { ...drawn, test: ['chr8'], validation: ['chr7'] }).parts[400]).toBe(2)
  })

  it('refuses names that do not tell, too few chromosomes, and those that are not there, in words', () => {
    expect(() => splitByChromosome(of(['a', 'b', 'chr1:1-2']), drawn)).toThrow(
      'This dataset cannot be split by chromosome: 1 of 3 elements say where they lie.',
    )
    expect(() => splitByChromosome(of(['chr2:1-2', 'chr1:1-2']), drawn)).toThrow(/lie on 2 chromosomes only/)
    expect(() => splitByChromosome(of(names), { ...drawn, test: ['chr21'] })).toThrow('No element lies on chr21.')
    expect(() => splitByChromosome(of(names), { ...drawn, test: ['chr2'], validation: ['chr2'] })).toThrow(/both/)
  })
})

describe('splitByColumn', () => {
  const whole = content(300)
  const columns = [
    {
      column: 'set',
      values: ['training', 'held out', 'tuning'],
      codes: Int32Array.from({ length: 300 }, (_, i) => (i < 30 ? 1 : i < 60 ? 2 : i < 290 ? 0 : -1)),
    },
  ]
  const settings = { ...usual(1), column: 'set', validation: ['tuning'], test: ['held out'] }
  const of = (changes: Partial<typeof settings>) => splitByColumn({ ...whole, columns }, { ...settings, ...changes }).parts

  it('puts elements where their labels are named, and trains on the others and on those without a label', () => {
    of({}).forEach((part, i) => expect(part).toBe(i < 30 ? 2 : i < 60 ? 1 : 0))
  })

  it('draws a validation part by group where no label is named for it', () => {
    const parts = of({ validation: [] })
    parts.forEach((part, i) => expect(part === 2).toBe(i < 30))
    for (let i = 30; i < 300; i += 2) expect(parts[i]).toBe(parts[i + 1])
    expect(Math.abs(sizes(parts)[1]! - 270 * (0.15 / 0.85))).toBeLessThanOrEqual(3)
  })

  it('refuses columns and labels that are not there, in words', () => {
    expect(() => of({ column: 'nothing' })).toThrow('This dataset has no column of labels named nothing.')
    expect(() => of({ test: [] })).toThrow('Say which labels of set are for the test.')
    expect(() => of({ test: ['Held out'] })).toThrow('No element has the label Held out in set.')
    expect(() => of({ test: ['tuning'] })).toThrow('tuning is named for both validation and test.')
    const labelled = [{ ...columns[0]!, codes: columns[0]!.codes.map(() => 1) }]
    expect(() => splitByColumn({ ...whole, columns: labelled }, { ...settings, validation: [] })).toThrow(
      'No element is left for training.',
    )
  })
})

describe('auditLeakage', () => {
  const source = random(11)
  const genome = Uint8Array.from({ length: 500 }, () => 1 << source.integer(4))
  const window = genome.slice(0, 200)
  const shifted = genome.slice(150, 350)
  const throughShiftedAlone = genome.slice(300, 500)
  const stranger = Uint8Array.from({ length: 200 }, () => 1 << source.integer(4))
  const sequences = [window, window.slice(), reverseComplement(window), shifted, stranger, throughShiftedAlone, reverseComplement(shifted)]
  const names = ['window', 'copy', 'reverse', 'shifted', 'stranger', 'far', 'shifted reverse']
  const audit = async (parts: number[]) =>
    auditLeakage(await classifySequences(sequences, breather()), names, Uint8Array.from(parts), breather())

  it('counts each leaked element once, under its closest relation to the training part', async () => {
    const leakage = async (parts: number[]) => (await audit(parts)).leakage
    expect(await leakage([0, 1, 2, 1, 2, 2, 2])).toEqual({ exact: 1, reverseComplement: 1, overlap: 2 })
    expect(await leakage([1, 1, 1, 0, 0, 2, 2])).toEqual({ exact: 0, reverseComplement: 1, overlap: 4 })
    expect(await leakage([0, 0, 0, 0, 0, 0, 0])).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
    expect(await leakage([1, 2, 1, 2, 0, 1, 2])).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
  })

  it('tells each pair of parts apart, with the first examples', async () => {
    const { audit: pairs } = await audit([0, 1, 2, 1, 2, 2, 2])
    expect(pairs).toEqual([
      {
        part: 'validation',
        seenIn: 'train',
        exact: 1,
        reverseComplement: 0,
        overlap: 1,
        examples: [
          { name: 'copy', other: 'window', relation: 'exact' },
          { name: 'shifted', other: 'window', relation: 'overlap' },
        ],
      },
      {
        part: 'test',
        seenIn: 'train',
        exact: 0,
        reverseComplement: 1,
        overlap: 1,
        examples: [
          { name: 'reverse', other: 'window', relation: 'reverseComplement' },
          { name: 'shifted reverse', other: 'window', relation: 'overlap' },
        ],
      },
      {
        part: 'test',
        seenIn: 'validation',
        exact: 0,
        reverseComplement: 2,
        overlap: 1,
        examples: [
          { name: 'reverse', other: 'copy', relation: 'reverseComplement' },
          { name: 'far', other: 'shifted', relation: 'overlap' },
          { name: 'shifted reverse', other: 'shifted', relation: 'reverseComplement' },
        ],
      },
    ])
  })
})

function standardised(vector: Float32Array): Float64Array {
  const known = vector.filter((value) => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length)
  return Float64Array.from(vector, (value) => (value - mean) / sd)
}

function indexOfHighest(values: number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0)
}
