import { describe, expect, it } from 'vitest'
import { table } from '../../../../src/main/commandLine/table.ts'

describe('table', () => {
  it('puts numbers to the right and says what is not defined', () => {
    expect(
      table(
        ['variant', 'n', 'r'],
        [
          ['baseline', 12, 0.25],
          ['full', 3, null],
        ],
      ),
    ).toBe(
      ['variant    n            r', '--------  --  -----------', 'baseline  12       0.2500', 'full       3  not defined', ''].join('\n'),
    )
  })
  it('stands without rows', () => expect(table(['a', 'bc'], [])).toBe('a  bc\n-  --\n'))
})
