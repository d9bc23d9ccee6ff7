import { describe, expect, it } from 'vitest'
import { darkInk, lightInk } from '../../../src/charts/ink.ts'
import { lineLook } from '../../../src/charts/lineLook.ts'
import { variants } from '../../../src/shared/domain/variants.ts'

describe('the look of a line', () => {
  it.each([
    ['light', lightInk],
    ['dark', darkInk],
  ])('tells variants, their settings and ensembles apart on a %s ground', (_, ink) => {
    const looks = [...variants, null].flatMap((variant) => [0, 1, 2, 3].map((settings) => lineLook({ variant, settings }, ink)))
    expect(new Set(looks.map(({ colour }) => colour)).size).toBe(looks.length)
    expect(new Set(looks.map(({ fill }) => JSON.stringify(fill))).size).toBe(looks.length)
  })

  it('has the dash of its variant, whatever its settings', () => {
    const dashes = variants.map((variant) => [0, 1].map((settings) => JSON.stringify(lineLook({ variant, settings }, lightInk).dash)))
    for (const [first, second] of dashes) expect(first).toBe(second)
    expect(new Set(dashes.map(([dash]) => dash)).size).toBe(variants.length)
  })
})
