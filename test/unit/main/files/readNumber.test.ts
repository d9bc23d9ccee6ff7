import { describe, expect, it } from 'vitest'
import { readNumber } from '../../../../src/main/files/readNumber.ts'

const read = (field: string) => readNumber(field, () => ({ file: 'x.tsv', line: 7, column: 'log2' }))

describe('readNumber', () => {
  it.each([
    ['0.625929251185881', 0.625929251185881],
    ['-1', -1],
    ['+.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    [' 2 ', 2],
    ['-2.5E+2', -250],
  ])('reads %s', (field, value) => {
    expect(read(field)).toBe(value)
  })

  it.each(['', 'NA', 'na', 'NaN', 'N/A', 'null', '.', ' '])('reads “%s” as no number', (field) => {
    expect(read(field)).toBeNaN()
  })

  it.each([
    ['inf', Infinity],
    ['-Inf', -Infinity],
    ['Infinity', Infinity],
  ])('reads %s as it says', (field, value) => {
    expect(read(field)).toBe(value)
  })

  it.each(['0x10', '1_000', '1 000', 'abc', '1.2.3', '--1', 'e5', '1e', 'true', '１'])(
    'refuses “%s” with file, line, column and text',
    (field) => {
      expect(() => read(field)).toThrow(
        expect.objectContaining({
          message: `x.tsv, line 7: “${field}” in the column log2 is not a number.`,
          details: expect.objectContaining({ file: 'x.tsv', line: 7 }) as unknown,
        }),
      )
    },
  )

  it('knows a decimal comma', () => {
    expect(() => read('0,63')).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ hint: expect.stringMatching(/decimal commas/) as unknown }) as unknown,
      }),
    )
  })
})
