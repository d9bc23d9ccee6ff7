import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measureNames, type Measures } from '../../../../src/shared/domain/measures.ts'
import { ranks } from '../../../../src/shared/stats/correlation.ts'
import { measure, measureByCellType } from '../../../../src/shared/stats/measures.ts'

interface Case {
  readonly name: string
  readonly predicted: number[]
  readonly measured: (number | null)[]
  readonly expected: Measures
}
/** Made by makeMeasures.py with scipy and scikit-learn. */
const { cases } = JSON.parse(readFileSync(new URL('measures.json', import.meta.url), 'utf8')) as { cases: Case[] }

describe('measure', () => {
  it.each(cases.map((one) => [one.name, one] as const))('equals scipy and scikit-learn: %s', (_name, { predicted, measured, expected }) => {
    const found = measure(
      Float32Array.from(predicted),
      Float32Array.from(measured, (value) => value ?? Number.NaN),
    )
    expect(found.n).toBe(expected.n)
    for (const name of measureNames) {
      const reference = expected[name]
      if (reference === null) expect(found[name]).toBeNull()
      else expect(Math.abs(found[name]! - reference)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(reference)))
    }
  })

  it('refuses vectors of unequal length', () => {
    expect(() => measure([1, 2], [1])).toThrow(RangeError)
  })
})

describe('ranks', () => {
  it('averages ties', () => {
    expect([...ranks([3, 1, 3, 2, 3])]).toEqual([4, 1, 4, 2, 4])
    expect([...ranks([0, -0, 1])]).toEqual([1.5, 1.5, 3])
  })
})

describe('measureByCellType', () => {
  it('measures each column, and all rows together', () => {
    const predicted = Float32Array.of(1, 10, 2, 20, 3, 30)
    const measured = Float32Array.of(1, Number.NaN, 2, 40, 3, 60)
    const found = measureByCellType(predicted, measured, ['HepG2', 'K562'])
    expect([...found.keys()]).toEqual(['HepG2', 'K562', 'all'])
    expect(found.get('HepG2')).toMatchObject({
      n: 3,
      mse: 0,
      spearman: expect.closeTo(1, 12) as number,
      pearson: expect.closeTo(1, 12) as number,
    })
    expect(found.get('K562')).toMatchObject({ n: 2, mse: (400 + 900) / 2, pearson: expect.closeTo(1, 12) as number })
    expect(found.get('all')).toEqual(measure([1, 2, 20, 3, 30], [1, 2, 40, 3, 60]))
  })
})
