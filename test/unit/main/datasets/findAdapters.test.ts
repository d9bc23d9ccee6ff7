import { describe, expect, it } from 'vitest'
import { codesOf, decodeBases } from '../../../../src/shared/dna/bases.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { cutEachAdapter, findAdapters, knownAdapters } from '../../../../src/main/datasets/findAdapters.ts'

const insert = (seed: number) => {
  const source = random(seed)
  return Array.from({ length: 50 }, () => 'ACGT'[source.integer(4)]).join('')
}
const library = (count: number, wrap: (insert: string, i: number) => string) =>
  Array.from({ length: count }, (_, i) => codesOf(wrap(insert(i), i)))
const { prefix, suffix } = knownAdapters

describe('findAdapters', () => {
  it('finds the known pair', () => {
    expect(findAdapters(library(200, (bases) => prefix + bases + suffix))).toEqual({ prefix, suffix, known: true })
  })

  it('leaves to the elements what follows the known pair and happens to be shared', () => {
    expect(findAdapters(library(200, (bases) => `${prefix}AC${bases}GT${suffix}`))).toEqual({ prefix, suffix, known: true })
  })

  it('takes construct outside the known pair with it', () => {
    expect(findAdapters(library(200, (bases) => `TTGC${prefix}${bases}${suffix}GGA`))).toEqual({
      prefix: `TTGC${prefix}`,
      suffix: `${suffix}GGA`,
      known: true,
    })
  })

  it('bears one record in a hundred without it', () => {
    const odd = (share: number) => findAdapters(library(200, (bases, i) => (i < share ? bases : prefix + bases + suffix)))
    expect(odd(2)).toEqual({ prefix, suffix, known: true })
    expect(odd(5)).toEqual({ prefix: '', suffix: '', known: false })
  })

  it('finds another pair, and one side alone', () => {
    expect(findAdapters(library(200, (bases, i) => `ACTGGCCGCTTCACTG${'ACGT'[i % 4]}${bases}`))).toEqual({
      prefix: 'ACTGGCCGCTTCACTG',
      suffix: '',
      known: false,
    })
  })

  it('takes chance, a handful of records and records that are all alike for no adapters', () => {
    const none = { prefix: '', suffix: '', known: false }
    expect(findAdapters(library(200, (bases) => `ATG${bases}`))).toEqual(none)
    expect(findAdapters(library(5, (bases) => prefix + bases + suffix))).toEqual(none)
    expect(findAdapters(Array.from({ length: 30 }, () => codesOf(insert(1))))).toEqual(none)
    expect(findAdapters([])).toEqual(none)
  })
})

describe('cutEachAdapter', () => {
  it('cuts what is there at each end, and nothing else', () => {
    const cut = (sequence: string) => decodeBases(cutEachAdapter(codesOf(sequence), knownAdapters))
    expect(cut(`${prefix}ACGTACGT${suffix}`)).toBe('ACGTACGT')
    expect(cut(`${prefix}ACGT`)).toBe('ACGT')
    expect(cut(`acgt${suffix.toLowerCase()}`)).toBe('ACGT')
    expect(cut('ACGT')).toBe('ACGT')
    expect(cut(prefix + suffix)).toBe('')
  })
})
