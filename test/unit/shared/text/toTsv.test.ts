import { describe, expect, it } from 'vitest'
import { toTsv } from '../../../../src/shared/text/toTsv.ts'

describe('toTsv', () => {
  it('keeps every digit, leaves missing cells empty and ends in a line break', () => {
    expect(
      toTsv(
        ['a', 'b'],
        [
          ['x', 0.1 + 0.2],
          ['y', null],
        ],
      ),
    ).toBe('a\tb\nx\t0.30000000000000004\ny\t\n')
  })
  it('keeps names byte for byte unless they would break the table', () => {
    expect(toTsv(['name'], [['C:SLEA_hg18:chr2:1-2|66:V_A;90:B_Reversed:']])).toBe('name\nC:SLEA_hg18:chr2:1-2|66:V_A;90:B_Reversed:\n')
    expect(toTsv(['name'], [['a\tb "c"']])).toBe('name\n"a\tb ""c"""\n')
  })
})
