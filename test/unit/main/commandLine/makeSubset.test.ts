import { describe, expect, it } from 'vitest'
import { WrongUse } from '../../../../src/main/commandLine/command.ts'
import { readFilter } from '../../../../src/main/commandLine/makeSubset.ts'
import { keepsAll } from '../../../../src/shared/domain/elementFilter.ts'

describe('the filter of a subset', () => {
  it('asks for nothing where nothing is said', () => {
    expect(keepsAll(readFilter({}))).toBe(true)
  })

  it('reads ranges with open ends, GC in percent, and lists', () => {
    expect(
      readFilter({
        search: ' chr1: ',
        cellTypes: 'HepG2, WTC11',
        complete: true,
        activity: ['HepG2=-0.5..', 'a=b=1..2.5'],
        length: '..230',
        gc: '40..60',
        barcodes: 10,
        label: 'set=held out,tuning',
      }),
    ).toEqual({
      search: 'chr1:',
      cellTypes: ['HepG2', 'WTC11'],
      complete: true,
      activity: [
        { cellType: 'HepG2', from: -0.5, to: null },
        { cellType: 'a=b', from: 1, to: 2.5 },
      ],
      length: { from: null, to: 230 },
      gc: { from: 0.4, to: 0.6 },
      barcodes: 10,
      label: { column: 'set', values: ['held out', 'tuning'] },
      part: null,
    })
  })

  it.each([
    [{ length: '230' }, '--length 230: a range is written FROM..TO; either end may be left out.'],
    [{ length: '..' }, '--length ..: a range'],
    [{ gc: 'a..b' }, '--gc a..b: a range'],
    [{ activity: ['1..2'] }, '--activity 1..2: write CELL=FROM..TO.'],
    [{ label: 'set' }, '--label set: write COLUMN=A,B.'],
    [{ label: 'set=' }, '--label set=: write COLUMN=A,B.'],
  ])('says of %o how it is written', (options, message) => {
    expect(() => readFilter(options)).toThrow(WrongUse)
    expect(() => readFilter(options)).toThrow(message)
  })
})
