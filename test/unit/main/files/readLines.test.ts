import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../src/main/files/openSource.ts'
import { readLines } from '../../../../src/main/files/readLines.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../temporaryFolder.ts'

describe('readLines', () => {
  it.each([
    ['LF', 'a\nb\n', ['a', 'b']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['a last line without an end', 'a\nb', ['a', 'b']],
    ['a byte-order mark', '\ufeffa\n', ['a']],
    ['empty lines', '\na\n\n\nb\n', ['', 'a', '', '', 'b']],
    ['letters beyond ASCII', 'é→\n文\n', ['é→', '文']],
    ['carriage returns within a line', 'a\rb\n', ['a\rb']],
  ])('reads %s', async (_what, text, lines) => {
    expect(await linesOf(text)).toEqual(lines)
  })

  it('says what is wrong with the line ends of old Macs', async () => {
    await expect(linesOf('a\rb\r')).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('old Macs') as string })
    expect(await linesOf('a\r')).toEqual(['a'])
  })

  it('numbers lines across chunks and keeps letters that two chunks share', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `é${i}→文`)
    const numbered: [number, string][] = []
    for await (const batch of readLines(await openSource({ kind: 'text', name: 'x', text: lines.join('\r\n') }, ''))) {
      batch.lines.forEach((line, i) => numbered.push([batch.first + i, line]))
    }
    expect(numbered).toEqual(lines.map((line, i) => [i + 1, line]))
  })

  it('reads a line longer than any chunk', async () => {
    const long = 'ACGT'.repeat(500_000)
    expect(await linesOf(`>a\n${long}\nb`)).toEqual(['>a', long, 'b'])
  })

  it('names the line that is not UTF-8', async () => {
    const path = join(temporaryFolder(), 'x.tsv')
    writeFileSync(path, Buffer.from('name\nsé\nöl\n', 'utf8').fill(0xff, 11, 12))
    const reading = (async () => {
      for await (const batch of readLines(await openSource({ kind: 'path', path }, ''))) expect(batch).toBeDefined()
    })()
    await expect(reading).rejects.toMatchObject({ code: 'invalid-input', details: { file: 'x.tsv', line: 3 } })
  })
})

async function linesOf(text: string): Promise<string[]> {
  const lines: string[] = []
  for await (const batch of readLines(await openSource({ kind: 'text', name: 'x', text }, ''))) lines.push(...batch.lines)
  return lines
}
