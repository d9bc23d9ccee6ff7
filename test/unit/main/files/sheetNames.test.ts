import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sheetNames } from '../../../../src/main/files/sheetNames.ts'

describe('the name of a sheet', () => {
  it('is what Excel takes', () => {
    expect(sheetNames(['a/b\\c:d*e?f[g]', "'x'", '', 'History', 'x'.repeat(40), 'X'.repeat(40), `${'y'.repeat(30)}😀`])).toEqual([
      'a b c d e f g',
      'x',
      'Sheet',
      'History 2',
      'x'.repeat(31),
      `${'X'.repeat(29)} 2`,
      'y'.repeat(30),
    ])
  })

  it('is unique, never too long and never empty', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 12 }), (wished) => {
        const given = sheetNames(wished)
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(wished.length)
        for (const name of given) {
          expect(name.length).toBeGreaterThan(0)
          expect(name.length).toBeLessThanOrEqual(31)
          expect(name).not.toMatch(/[[\]/\\:*?]|^'|'$/)
        }
      }),
    )
  })
})
