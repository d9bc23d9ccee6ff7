import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { refuseTooManyRows, type WorkbookCell, type WorkbookRow, type WorkbookSheet } from '../../../../src/main/files/workbookSheet.ts'
import { writeWorkbook } from '../../../../src/main/files/writeWorkbook.ts'

/** Names as they stand in gene lists and element libraries, and as people and machines have made them worse. */
const names = [
  'SEPT2',
  'MARCH1',
  '1-Mar',
  '2026-01-02',
  '00123',
  '1e5',
  '5.0',
  '=SUM(A1)',
  '+1',
  '-1',
  '@x',
  "'quoted",
  'TRUE',
  '#N/A',
  ' blanks around ',
  'a\tb\nc',
  'a\r\nb',
  '<b>&amp;"\'',
  'éàü Ω 中文 😀',
  '_x0041_',
  '_x005F_x0041_',
  'control \u0001 and \u007f, \ufffd',
  'half \ud83d a pair',
  'constructor',
  'next line \u0085, noncharacters \ufffe \u{1ffff}',
  '__proto__',
  'toString',
  'C:SLEA_hg18:chr2:210861483-210861650|66:V_AHRARNT_02;90:V_HNF3ALPHA_Q6_Reversed:',
]
const AT = new Date('2026-01-02T03:04:05Z')
const read = async (sheets: readonly WorkbookSheet[]) =>
  (await readXlsxFile(Buffer.from(await writeWorkbook(sheets, AT)), { trim: false })).map(({ sheet, data }) => ({ name: sheet, data }))

describe('a workbook', () => {
  it('holds every name as it is, and as text', async () => {
    const [sheet] = await read([{ name: 'names', header: ['name', 'again'], rows: names.map((name) => [name, name]) }])
    expect(sheet!.data).toEqual([['name', 'again'], ...names.map((name) => [name, name])])
  })

  it('holds numbers with all their digits, and nothing where there is none', async () => {
    const numbers = [0, -0.1, 1 / 3, 1e-300, 1e21, 123456789.12345679, Number.MAX_SAFE_INTEGER]
    const [sheet] = await read([{ name: 'n', header: ['value', 'none', 'end'], rows: numbers.map((value) => [value, null, 'x']) }])
    expect(sheet!.data.slice(1)).toEqual(numbers.map((value) => [value, null, 'x']))
  })

  it('has a sheet a table, in their order', async () => {
    const sheets = await read([
      { name: 'one', header: ['a'], rows: [[1]] },
      { name: 'ONE', header: ['b'], rows: [] },
    ])
    expect(sheets).toEqual([
      { name: 'one', data: [['a'], [1]] },
      { name: 'ONE 2', data: [['b']] },
    ])
  })

  it('takes rows as they come', async () => {
    async function* batches(): AsyncGenerator<WorkbookRow[]> {
      yield []
      for (let batch = 0; batch < 3; batch++) {
        await new Promise((resolve) => setImmediate(resolve))
        yield Array.from({ length: 700 }, (_, i) => [`name ${batch * 700 + i}`, i])
      }
    }
    const [sheet, after] = await read([
      { name: 'long', header: ['name', 'n'], rows: batches() },
      { name: 'after', header: ['x'], rows: [['y']] },
    ])
    expect(sheet!.data).toHaveLength(2101)
    expect(sheet!.data.slice(1).map(([name]) => name)).toEqual(Array.from({ length: 2100 }, (_, i) => `name ${i}`))
    expect(after!.data).toEqual([['x'], ['y']])
  })

  it('fails with what its rows throw', async () => {
    async function* rows(): AsyncGenerator<WorkbookRow[]> {
      yield [['one']]
      await Promise.reject(new Error('stopped half-way'))
    }
    await expect(writeWorkbook([{ name: 'a', header: ['x'], rows: rows() }], AT)).rejects.toThrow('stopped half-way')
  })

  it('leaves empty what is no number', async () => {
    const [sheet] = await read([{ name: 'n', header: ['a', 'b', 'c', 'd'], rows: [[Number.NaN, Infinity, -Infinity, 'end']] }])
    expect(sheet!.data[1]).toEqual([null, null, null, 'end'])
  })

  it('gives back any table', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(...names),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    )
    // The reader leaves out empty rows and columns, so the first cell of each is full.
    const table = fc.array(fc.tuple(cell, fc.option(cell), cell), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(table, async (rows: WorkbookCell[][]) => {
        const [sheet] = await read([{ name: 'any', header: ['a', 'b', 'c'], rows }])
        expect(sheet!.data.slice(1)).toEqual(rows)
      }),
      { numRuns: 25 },
    )
  })

  it.each([
    ['a cell', [['x'.repeat(32_768)]], 'row 2 has 32,768 letters in column 1'],
    ['a row', [Array.from({ length: 16_385 }, () => 1)], 'it has 16,385 columns'],
  ])('refuses %s that no workbook has room for', async (_, rows, why) => {
    await expect(writeWorkbook([{ name: 'big', header: ['a'], rows }], AT)).rejects.toThrow(
      `big does not fit into a workbook of Excel: ${why}`,
    )
  })

  it('refuses more rows than a sheet has, whether told before or counted', async () => {
    const why = 'big does not fit into a workbook of Excel: a sheet has room for 1,048,575 rows below its header, and these are 1,048,576.'
    expect(() => refuseTooManyRows('big', 1_048_576)).toThrow(why)
    expect(() => refuseTooManyRows('big', 1_048_575)).not.toThrow()
    const rows = new Array<WorkbookRow>(1_048_576).fill([])
    await expect(writeWorkbook([{ name: 'big', header: ['a'], rows }], AT)).rejects.toThrow(why)
  })
})
