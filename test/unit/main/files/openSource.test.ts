import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openSource, withSource } from '../../../../src/main/files/openSource.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const long = 'ACGT\n'.repeat(200_000)
const bgzipEnd = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')

describe('openSource', () => {
  it('reads a path, an upload and pasted text alike, with the hash of the bytes as they lie there', async () => {
    const folder = temporaryFolder()
    const id = '5a0f2c1e-1111-4222-8333-444455556666'
    writeFileSync(join(folder, 'a b é.fa'), long)
    writeFileSync(join(folder, id), long)
    const sources: Source[] = [
      { kind: 'path', path: join(folder, 'a b é.fa') },
      { kind: 'upload', upload: id, name: 'a b é.fa' },
      { kind: 'text', text: long, name: 'a b é.fa' },
    ]
    for (const source of sources) {
      const { text, sha256, name } = await readAll(source, folder)
      expect(text).toBe(long)
      expect(name).toBe('a b é.fa')
      expect(sha256).toBe(createHash('sha256').update(long).digest('hex'))
    }
  })

  it('knows gzip by its bytes, whatever the name, with several members, as bgzip has', async () => {
    const folder = temporaryFolder()
    const members = Buffer.concat([gzipSync(long), gzipSync('TTTT\n'), gzipSync('')])
    writeFileSync(join(folder, 'plain.fa'), members)
    const { text, sha256 } = await readAll({ kind: 'path', path: join(folder, 'plain.fa') })
    expect(text).toBe(`${long}TTTT\n`)
    expect(sha256).toBe(createHash('sha256').update(members).digest('hex'))
    writeFileSync(join(folder, 'plain.fa.gz'), 'AC\n')
    expect((await readAll({ kind: 'path', path: join(folder, 'plain.fa.gz') })).text).toBe('AC\n')
  })

  it.each([
    ['in the middle', gzipSync(long).subarray(0, 500)],
    ['in its header', gzipSync(long).subarray(0, 6)],
    ['between two blocks of bgzip', Buffer.concat([bgzipBlock('ACGT\n')])],
  ])('says that a gzip was cut short %s', async (_where, bytes) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/cut short/) as unknown,
      details: { file: 'x.tsv' },
    })
  })

  it('takes a whole bgzip file', async () => {
    expect(await readBytes(Buffer.concat([bgzipBlock('ACGT\n'), bgzipEnd]))).toBe('ACGT\n')
  })

  it('says that a gzip is damaged', async () => {
    const bytes = gzipSync(long)
    bytes.fill(0x55, 20, 60)
    await expect(readBytes(bytes)).rejects.toThrow(/damaged/)
  })

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n…')],
    ['an Excel workbook', Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml', 'latin1')],
    ['a ZIP archive', Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0library.fasta', 'latin1')],
    ['a binary file', Buffer.from('ACGT\0\0\0ACGT')],
    ['a web page', Buffer.from('<!DOCTYPE html><html>')],
    ['compressed twice', gzipSync(gzipSync('ACGT'))],
    ['a PDF', gzipSync('%PDF-1.7')],
  ])('refuses %s by its bytes', async (what, bytes) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `x.tsv is ${what}, not text that the workbench can read.`,
    })
  })

  it('refuses what is empty, compressed or not, a folder, and what is not there', async () => {
    await expect(readBytes(Buffer.alloc(0))).rejects.toThrow('x.tsv is empty.')
    await expect(readBytes(gzipSync(''))).rejects.toThrow(/the compressed file is empty/)
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'inner'))
    await expect(readAll({ kind: 'path', path: join(folder, 'inner') })).rejects.toThrow('inner is a folder.')
    await expect(readAll({ kind: 'path', path: join(folder, 'gone.fa') })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no file gone.fa.',
    })
  })

  it.each(['../workbench.db', '..', '/etc/passwd', 'a'.repeat(8) + '/x', 'ABCDEF', ''])('takes no upload named %s', async (upload) => {
    await expect(openSource({ kind: 'upload', upload, name: 'x.fa' }, temporaryFolder())).rejects.toThrow('x.fa was not uploaded.')
  })

  it.each([
    ['vanishes', (path: string) => rmSync(path), /moved or deleted/],
    ['grows', (path: string) => appendFileSync(path, 'ACGT\n'), /changed by another program/],
  ] as const)('says that a file %s while it is read', async (_how, change, message) => {
    const path = join(temporaryFolder(), 'x.fa')
    writeFileSync(path, long)
    const reading = withSource({ kind: 'path', path }, '', async ({ chunks }) => {
      let first = true
      for await (const chunk of chunks) {
        expect(chunk.byteLength).toBeGreaterThan(0)
        if (first) change(path)
        first = false
      }
    })
    await expect(reading).rejects.toThrow(message)
  })

  it.skipIf(process.platform !== 'linux')('leaves no file open, however far it was read', async () => {
    const path = join(temporaryFolder(), 'x.fa')
    writeFileSync(path, gzipSync(long))
    const before = readdirSync('/proc/self/fd').length
    await withSource({ kind: 'path', path }, '', async () => {})
    await withSource({ kind: 'path', path }, '', async ({ chunks }) => {
      for await (const chunk of chunks) {
        expect(chunk.byteLength).toBeGreaterThan(0)
        break
      }
    })
    await withSource({ kind: 'path', path }, '', async ({ chunks }) => chunks[Symbol.asyncIterator]().next())
    expect(readdirSync('/proc/self/fd').length).toBe(before)
  })
})

async function readAll(source: Source, uploads = ''): Promise<{ text: string; sha256: string; name: string }> {
  return withSource(source, uploads, async (opened) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of opened.chunks) chunks.push(chunk)
    expect(opened.bytesRead()).toBe(opened.size)
    return { text: Buffer.concat(chunks).toString(), sha256: opened.sha256(), name: opened.name }
  })
}

async function readBytes(bytes: Buffer): Promise<string> {
  const path = join(temporaryFolder(), 'x.tsv')
  writeFileSync(path, bytes)
  return (await readAll({ kind: 'path', path })).text
}

/** One block of bgzip: a gzip member whose extra field tells the block's size. */
function bgzipBlock(text: string): Buffer {
  const member = gzipSync(text)
  const body = member.subarray(10)
  const header = Buffer.from('1f8b08040000000000ff0600424302000000', 'hex')
  header.writeUInt16LE(header.length + body.length - 1, 16)
  return Buffer.concat([header, body])
}
