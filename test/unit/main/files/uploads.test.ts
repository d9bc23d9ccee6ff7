import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openUploads, UploadFull, UploadTooLarge } from '../../../../src/main/files/uploads.ts'
import { receiveUpload } from '../../../../src/main/page/receiveUpload.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const file = { name: 'mine.fa', size: null }

/** A body that fails as a write to a full disk does; a disk cannot be filled in a test that any user may run. */
async function* thenFails(code: string) {
  yield await Promise.resolve(bytes('ACGT'))
  throw Object.assign(new Error(`${code}: no space left on device, write`), { code })
}

describe('openUploads', () => {
  it('keeps the pieces of a file in order, under an id of its own', async () => {
    const folder = join(temporaryFolder(), 'uploads')
    const uploads = await openUploads(folder)
    const ids = [await uploads.receive([bytes('>a\n'), bytes('ACGT\n')], file), await uploads.receive([bytes('>a\n')], file)]
    expect(new Set(ids).size).toBe(2)
    expect(await readFile(join(folder, ids[0]!), 'utf8')).toBe('>a\nACGT\n')
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('takes a file of exactly the limit, and not a byte more', async () => {
    const folder = temporaryFolder()
    const uploads = await openUploads(folder, () => 4)
    await uploads.receive([bytes('AC'), bytes('GT')], file)
    await expect(uploads.receive([bytes('AC'), bytes('GTA')], file)).rejects.toThrow(UploadTooLarge)
    await expect(uploads.receive([], { name: 'mine.fa', size: 5 })).rejects.toThrow(/^mine\.fa is larger/)
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('streams a large file to the disk as it comes, and stops one that passes the limit where it does', async () => {
    const folder = temporaryFolder()
    const [PIECE, LIMIT, AHEAD] = [1 << 20, 64 << 20, 8 << 20]
    const uploads = await openUploads(folder, () => LIMIT)
    let [given, most] = [0, 0]
    async function* pieces(bytes: number) {
      for (given = 0; given < bytes; given += PIECE) {
        yield Buffer.alloc(PIECE, given >> 20)
        const [unfinished] = (await readdir(folder)).filter((name) => name.endsWith('.part'))
        most = Math.max(most, given - (unfinished ? (await stat(join(folder, unfinished))).size : 0))
      }
    }
    const id = await uploads.receive(pieces(LIMIT), file)
    expect((await stat(join(folder, id))).size).toBe(LIMIT)
    expect(most).toBeLessThanOrEqual(AHEAD)
    // A terabyte is never asked for, nor does it come to lie anywhere.
    await expect(uploads.receive(pieces(2 ** 40), file)).rejects.toThrow(UploadTooLarge)
    expect(given).toBeLessThanOrEqual(LIMIT + AHEAD)
    expect(await readdir(folder)).toEqual([id])
  })

  it('says that the disk is full, and leaves nothing', async () => {
    const folder = temporaryFolder()
    const uploads = await openUploads(folder)
    for (const code of ['ENOSPC', 'EDQUOT']) {
      await expect(uploads.receive(thenFails(code), file)).rejects.toThrow(UploadFull)
    }
    await expect(uploads.receive(thenFails('EIO'), file)).rejects.not.toThrow(UploadFull)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('receiveUpload', () => {
  const post = (body: AsyncIterable<Uint8Array>) =>
    new Request('http://127.0.0.1/uploads', {
      method: 'POST',
      headers: { 'X-File-Name': 'mine.fa' },
      body: ReadableStream.from(body),
      duplex: 'half',
    })

  it('answers a full disk with 507 in words', async () => {
    const faults: unknown[] = []
    const response = await receiveUpload(post(thenFails('ENOSPC')), await openUploads(temporaryFolder()), (fault) => faults.push(fault))
    expect(response.status).toBe(507)
    expect(await response.json()).toEqual({ message: 'The disk has no room for mine.fa. Free some space and choose the file again.' })
    expect(faults).toEqual([])
  })

  it('answers what nobody foresaw with words, and tells the log', async () => {
    const faults: unknown[] = []
    const response = await receiveUpload(post(thenFails('EIO')), await openUploads(temporaryFolder()), (fault) => faults.push(fault))
    expect(response.status).toBe(500)
    expect(((await response.json()) as { message: string }).message).not.toContain('EIO')
    expect(faults).toHaveLength(1)
  })
})
