import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { noiseCeiling, spearmanBrown } from '../../../../src/shared/stats/noiseCeiling.ts'

interface Case {
  replicates: (number | null)[][]
  replicateR: number
  ceiling: number
}
// Worked with numpy and scipy: makeNoiseCeiling.py.
const cases = JSON.parse(readFileSync(new URL('noiseCeiling.json', import.meta.url), 'utf8')) as Case[]

describe('noiseCeiling', () => {
  it.each(cases.map((one) => [one.replicates.length, one] as const))(
    'is what scipy gives for %i replicates with gaps',
    (_k, { replicates, replicateR, ceiling }) => {
      const found = noiseCeiling(replicates.map((values) => Float32Array.from(values, (value) => value ?? Number.NaN)))
      expect(found.replicateR).toBeCloseTo(replicateR, 12)
      expect(found.ceiling).toBeCloseTo(ceiling, 12)
    },
  )

  it('is one where replicates agree entirely', () => {
    const values = Float32Array.of(1, 2, 4)
    expect(noiseCeiling([values, values.map((value) => 2 * value)])).toEqual({ replicateR: 1, ceiling: 1 })
  })

  it('is not defined with one replicate, with constant ones, or where they contradict each other', () => {
    expect(noiseCeiling([Float32Array.of(1, 2)])).toEqual({ replicateR: null, ceiling: null })
    expect(noiseCeiling([Float32Array.of(1, 1), Float32Array.of(1, 2)])).toEqual({ replicateR: null, ceiling: null })
    const against = noiseCeiling([Float32Array.of(1, 2, 3), Float32Array.of(3, 2, 1)])
    expect(against.replicateR).toBeCloseTo(-1, 12)
    expect(against.ceiling).toBeNull()
  })

  it('knows what two half-tests make of the whole', () => {
    expect(spearmanBrown(0.5, 2)).toBeCloseTo(2 / 3, 15)
  })
})
