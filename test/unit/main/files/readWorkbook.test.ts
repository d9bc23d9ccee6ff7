import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isDateFormat, isoDate, looksLikeExcelDate } from '../../../../src/main/files/excelDates.ts'
import { withTable } from '../../../../src/main/files/openTable.ts'
import { writeZip } from '../../../../src/main/files/writeZip.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

// Made by test/fixtures/workbooks/make-workbook.py.
const workbook = fileURLToPath(new URL('../../../fixtures/workbooks/table.xlsx', import.meta.url))

const read = (path: string, sheet?: string) =>
  withTable({ kind: 'path', path }, '', { sheet, header: 'first-line' }, async ({ header, sheets, sheet: shown, batches, source }) => {
    const rows: string[][] = []
    const lines: number[] = []
    for await (const batch of batches) {
      rows.push(...batch.rows.map((row) => [...row]))
      lines.push(...batch.lines)
    }
    return { header, sheets, shown, rows, lines, sha256: source.sha256() }
  })

describe('a workbook of Excel', () => {
  it('gives its sheets, and its cells with all digits', async () => {
    const table = await read(workbook, 'Données')
    expect(table).toMatchObject({ sheets: ['Notes & more', 'Données'], shown: 'Données', lines: [2, 3, 4, 5, 9] })
    expect(table.header).toEqual(['name', 'sequence', 'HepG2_rep1', 'HepG2_rep2', 'remark'])
    expect(table.rows.map(([name, , ...values]) => [name, ...values])).toEqual([
      ['enh <1>', '0.1', '-1.234567890123457', 'first\nsecond'],
      ['enh_é', '2', '', ''],
      ['2026-09-02', '1e-05', '3.5', 'TRUE'],
      ['last', 'NA', '12345678.9', expect.stringContaining('stays')],
      ['after empty rows', '7', '', ''],
    ])
    expect(table.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('shows its first sheet where none is named, and refuses one that it does not have', async () => {
    expect(await read(workbook)).toMatchObject({ shown: 'Notes & more', header: ['Nothing to import here'] })
    await expect(read(workbook, 'Sheet7')).rejects.toMatchObject({
      message: 'table.xlsx has no sheet Sheet7.',
      details: { hint: 'Its sheets are Notes & more, Données.' },
    })
  })

  it('that is cut short, or another archive, is refused in words', async () => {
    const folder = temporaryFolder()
    const cut = join(folder, 'cut.xlsx')
    writeFileSync(cut, readFileSync(workbook).subarray(0, 3000))
    await expect(read(cut)).rejects.toMatchObject({
      message: 'cut.xlsx cannot be read as a workbook of Excel: it ends too early. Nothing was changed.',
    })
    const other = join(folder, 'x.zip')
    writeFileSync(other, Buffer.from(readFileSync(workbook)).toString('latin1').replaceAll('xl/workbook.xml', 'xl/workboot.xml'), 'latin1')
    await expect(read(other)).rejects.toMatchObject({ message: 'x.zip is a ZIP archive, not text that the workbench can read.' })
  })
})

describe('a workbook of another program', () => {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const cells = `<x:row><x:c t="str"><x:v>name</x:v></x:c><x:c t='str'><x:v>K562</x:v></x:c></x:row><x:row r="3"><x:c r="A3" t="inlineStr"><x:is><x:t>a&#233;&amp;<![CDATA[<b>]]></x:t></x:is></x:c><x:c r="B3" t="e"><x:v>#DIV/0!</x:v></x:c></x:row>`
  const start = `\ufeff<?xml version="1.0"?><x:worksheet xmlns:x="${main}"><!-- > --><x:sheetData>${cells}`
  const bookOf = async (sheet: string) => {
    const parts = {
      'xl/workbook.xml': `<x:workbook xmlns:x="${main}" xmlns:q="${relationships}"><x:sheets><x:sheet sheetId="1" q:id="r1" name="S"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="/xl/worksheets/one.xml"/></Relationships>',
      'xl/worksheets/one.xml': sheet,
    }
    const path = join(temporaryFolder(), 'book.xlsx')
    const files = Object.entries(parts).map(([fileName, xml]) => ({ fileName, bytes: new TextEncoder().encode(xml) }))
    writeFileSync(path, await writeZip(files, new Date()))
    return path
  }

  it('may have prefixes, places left out, texts in its cells and no shared ones', async () => {
    expect(await read(await bookOf(`${start}</x:sheetData></x:worksheet>`))).toMatchObject({
      header: ['name', 'K562'],
      rows: [['aé&<b>', '#DIV/0!']],
      lines: [3],
    })
  })

  it('whose sheet ends too early is refused, not read in part', async () => {
    await expect(read(await bookOf(start))).rejects.toMatchObject({
      message: 'book.xlsx cannot be read as a workbook of Excel: a part of it is no well-formed XML. Nothing was changed.',
    })
  })
})

describe('dates of Excel', () => {
  it.each([
    [14, undefined, true],
    [0, undefined, false],
    [170, 'yyyy\\-mm\\-dd', true],
    [171, '0.00', false],
    [172, '[Red]0.0"days"', false],
    [173, 'General', false],
  ])('format %s %s', (format, code, isDate) => expect(isDateFormat(format, code)).toBe(isDate))

  it('count from 1900, or from 1904', () => {
    expect(isoDate(46267, false)).toBe('2026-09-02')
    expect(isoDate(1, false)).toBe('1900-01-01')
    expect(isoDate(44805, true)).toBe('2026-09-02')
  })

  it.each([
    ['2-Sep', true],
    ['Mar-01', true],
    ['2026-09-02', true],
    ['SEPT2', false],
    ['sep2_F', false],
    ['2-Sept-x', false],
  ])('a name like %s', (name, isDate) => expect(looksLikeExcelDate(name)).toBe(isDate))
})
