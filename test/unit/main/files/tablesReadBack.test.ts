import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../src/main/files/openSource.ts'
import { readTable } from '../../../../src/main/files/readTable.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const folder = temporaryFolder

// Anything but what no table can hold unquoted; lone surrogates are no text.
const anything = fc.string({ unit: 'grapheme', maxLength: 12 })
const tables = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 8 })).chain(([columns, rows]) =>
  fc.record({
    header: fc.uniqueArray(fc.stringMatching(/^[A-Za-z_]\w{0,8}$/), { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(anything, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  }),
)

describe('any table', () => {
  it.each([
    ['CSV, LF', ',', '\n', 'utf8'],
    ['CSV, CRLF, byte-order mark', ',', '\r\n', 'bom'],
    ['TSV', '\t', '\n', 'utf8'],
    ['semicolons, CRLF', ';', '\r\n', 'utf8'],
    ['CSV in UTF-16 LE, CRLF', ',', '\r\n', 'utf16le'],
    ['TSV in UTF-16 BE', '\t', '\n', 'utf16be'],
    ['TSV, gzip', '\t', '\r\n', 'gzip'],
  ] as const)('written as %s reads back the same', async (_what, delimiter, end, encoding) => {
    const file = join(folder(), 'table')
    await fc.assert(
      fc.asyncProperty(tables, async ({ header, rows }) => {
        const quote = (field: string) => `"${field.replaceAll('"', '""')}"`
        const written = [header.join(delimiter), ...rows.map((row) => row.map(quote).join(delimiter))].join(end) + end
        writeFileSync(file, encoded(written, encoding))
        expect(await readBack(file)).toEqual({ header, rows })
      }),
      { numRuns: 60 },
    )
  })

  it('with plain fields reads back the same without quotes', async () => {
    const file = join(folder(), 'table')
    const plain = fc.stringMatching(/^[A-Za-z0-9_.:|+-]{1,10}$/)
    const plainTables = fc.array(fc.array(plain, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(plainTables, fc.constantFrom('\t', ',', ';'), fc.constantFrom('\n', '\r\n'), async (rows, delimiter, end) => {
        writeFileSync(file, ['a', 'b', 'c'].join(delimiter) + end + rows.map((row) => row.join(delimiter)).join(end))
        expect((await readBack(file)).rows).toEqual(rows)
      }),
      { numRuns: 60 },
    )
  })

  it('in Latin-1 is told from UTF-8, and read as it is meant', async () => {
    const file = join(folder(), 'table')
    writeFileSync(file, Buffer.from('name\tvalue\nsé\t1\nÖl\t2\n', 'latin1'))
    expect(await readBack(file)).toEqual({
      header: ['name', 'value'],
      rows: [
        ['sé', '1'],
        ['Öl', '2'],
      ],
    })
  })

  it('of thousands of columns reads', async () => {
    const columns = Array.from({ length: 5000 }, (_, i) => `c${i}`)
    const file = join(folder(), 'table')
    writeFileSync(
      file,
      [columns, columns.map((_, i) => String(i)), columns.map((_, i) => String(-i))].map((row) => row.join('\t')).join('\n'),
    )
    const read = await readBack(file)
    expect(read.header).toEqual(columns)
    expect(read.rows[1]![4999]).toBe('-4999')
  })
})

function encoded(text: string, encoding: 'utf8' | 'bom' | 'utf16le' | 'utf16be' | 'gzip'): Uint8Array {
  if (encoding === 'utf16le') return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (encoding === 'utf16be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  if (encoding === 'gzip') return gzipSync(text)
  return Buffer.from(encoding === 'bom' ? `\ufeff${text}` : text)
}

async function readBack(path: string): Promise<{ header: string[]; rows: string[][] }> {
  const { header, batches } = await readTable(await openSource({ kind: 'path', path }, ''))
  const rows: string[][] = []
  for await (const batch of batches) rows.push(...batch.rows.map((row) => [...row]))
  return { header: [...header], rows }
}
