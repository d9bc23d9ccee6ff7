import { describe, expect, it } from 'vitest'
import { reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { classifySequences } from '../../../../src/main/datasets/classifySequences.ts'
import { auditLeakage } from '../../../../src/main/datasets/splits/auditLeakage.ts'
import { chromosomeOf, splitByChromosome } from '../../../../src/main/datasets/splits/splitByChromosome.ts'
import { splitByGroup } from '../../../../src/main/datasets/splits/splitByGroup.ts'
import { splitByName } from '../../../../src/main/datasets/splits/splitByName.ts'
import { SHARES, type SplitContent } from '../../../../src/main/datasets/splits/splitContent.ts'

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
  }
}
const sizes = (parts: Uint8Array) => SHARES.map((_, part) => parts.filter((code) => code === part).length)

describe('splitByGroup', () => {
  const whole = content(2000)

  it('keeps groups whole and gives each part its share', () => {
    const { parts, groups } = splitByGroup(whole, 1)
    expect(groups).toBe(1000)
    for (let i = 0; i < parts.length; i += 2) expect(parts[i]).toBe(parts[i + 1])
    sizes(parts).forEach((size, part) => expect(Math.abs(size - SHARES[part]! * 2000)).toBeLessThanOrEqual(4))
  })

  it('matches mean activity and specificity across the parts in every cell type, better than chance does', () => {
    const { parts } = splitByGroup(whole, 1)
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
    expect(splitByGroup(whole, 1)).toEqual(splitByGroup(whole, 1))
    expect(splitByGroup(whole, 2)).not.toEqual(splitByGroup(whole, 1))
  })

  it('makes room for a group as large as a part', () => {
    const { parts } = splitByGroup({ ...whole, groups: whole.groups.map((group, i) => (i < 900 ? 0 : group - 449)) }, 1)
    sizes(parts).forEach((size, part) => expect(Math.abs(size - SHARES[part]! * 2000)).toBeLessThanOrEqual(10))
  })

  it('fills every part of the smallest dataset, and refuses less in words', () => {
    const three = { names: ['a', 'b', 'c'], groups: Int32Array.of(0, 1, 2), activities: [Float32Array.of(1, 2, 3)] }
    expect(sizes(splitByGroup(three, 0).parts)).toEqual([1, 1, 1])
    expect(() => splitByGroup({ ...three, groups: Int32Array.of(0, 1, 1) }, 0)).toThrow(/needs at least 3/)
  })
})

describe('splitByName', () => {
  it('splits each name on its own, seeded', () => {
    const { parts, groups } = splitByName(content(1000), 5)
    expect(sizes(parts)).toEqual([700, 150, 150])
    expect(groups).toBe(1000)
    expect(parts).toEqual(splitByName(content(1000), 5).parts)
    expect(parts).not.toEqual(splitByName(content(1000), 6).parts)
  })
})

describe('splitByChromosome', () => {
  const names = Array.from({ length: 400 }, (_, i) => `C:SLEA_hg18:chr${1 + (i % 20)}:${1000 + i}-${1200 + i}|66:V_X_Reversed:`)
  const of = (all: string[]): SplitContent => ({ names: all, groups: new Int32Array(all.length), activities: [] })

  it('reads the chromosome out of names that tell coordinates', () => {
    expect(chromosomeOf('C:SLEA_hg18:chr2:210861483-210861650|66:V_AHRARNT_02:GG')).toBe('chr2')
    expect(chromosomeOf('chrX_100_200')).toBe('chrX')
    expect(chromosomeOf('HepG2_DNasePeakNoPromoter38956')).toBeNull()
    expect(chromosomeOf('chromatin:1-2')).toBeNull()
    expect(chromosomeOf('chr2')).toBeNull()
  })

  it('keeps chromosomes whole, gives each part its share, and trains on what tells nothing', () => {
    const { parts, groups } = splitByChromosome(of([...names, 'unknown']), 1)
    expect(groups).toBe(20)
    const partOf = new Map(names.map((name, i) => [chromosomeOf(name), parts[i]]))
    names.forEach((name, i) => expect(parts[i]).toBe(partOf.get(chromosomeOf(name))))
    expect(sizes(parts)).toEqual([281, 60, 60])
    expect(parts[400]).toBe(0)
  })

  it('refuses names that do not tell, and too few chromosomes, in words', () => {
    expect(() => splitByChromosome(of(['a', 'b', 'chr1:1-2']), 1)).toThrow(
      'This dataset cannot be split by chromosome: 1 of 3 names tell where their element lies.',
    )
    expect(() => splitByChromosome(of(['chr2:1-2', 'chr1:1-2']), 1)).toThrow(/tell of 2 chromosomes only/)
  })
})

describe('auditLeakage', () => {
  it('counts each leaked element once, under its closest relation to the training part', async () => {
    const source = random(11)
    const genome = Uint8Array.from({ length: 500 }, () => 1 << source.integer(4))
    const window = genome.slice(0, 200)
    const shifted = genome.slice(150, 350)
    const throughShiftedAlone = genome.slice(300, 500)
    const stranger = Uint8Array.from({ length: 200 }, () => 1 << source.integer(4))
    const sequences = [
      window,
      window.slice(),
      reverseComplement(window),
      shifted,
      stranger,
      throughShiftedAlone,
      reverseComplement(shifted),
    ]
    const classes = await classifySequences(sequences, breather())
    const audit = (parts: number[]) => auditLeakage(classes, Uint8Array.from(parts), breather())
    expect(await audit([0, 1, 2, 1, 2, 2, 2])).toEqual({ exact: 1, reverseComplement: 1, overlap: 2 })
    expect(await audit([1, 1, 1, 0, 0, 2, 2])).toEqual({ exact: 0, reverseComplement: 1, overlap: 4 })
    expect(await audit([0, 0, 0, 0, 0, 0, 0])).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
    expect(await audit([1, 2, 1, 2, 0, 1, 2])).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
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
