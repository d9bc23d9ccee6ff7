import { readdir, readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { testServer } from './testServer.ts'

async function signedIn(options?: { uploadLimit: number }) {
  const server = await testServer(options)
  const headers = { Origin: server.origin, Cookie: await server.signIn(), 'X-File-Name': encodeURIComponent('Élan, 2.fa') }
  return { ...server, headers, kept: () => readdir(server.uploadsFolder) }
}

describe('POST /uploads', () => {
  it('keeps the file byte for byte under the id that it answers', async () => {
    const { ask, headers, kept, uploadsFolder } = await signedIn({ uploadLimit: 2 ** 24 })
    const file = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
    const { status, text } = await ask('POST', '/uploads', headers, file)
    expect(status).toBe(200)
    const { upload } = JSON.parse(text) as { upload: string }
    expect(await kept()).toEqual([upload])
    expect(file.equals(await readFile(join(uploadsFolder, upload)))).toBe(true)
  })

  it('takes an empty file: that it is empty is for the importer to say', async () => {
    const { ask, headers, uploadsFolder } = await signedIn()
    const { status, text } = await ask('POST', '/uploads', headers, '')
    expect(status).toBe(200)
    expect(await readFile(join(uploadsFolder, (JSON.parse(text) as { upload: string }).upload), 'utf8')).toBe('')
  })

  it('is refused without a session, from another origin, and by another name', async () => {
    const { ask, headers, kept, port } = await signedIn()
    const { Cookie: _cookie, ...anonymous } = headers
    for (const wrong of [anonymous, { ...headers, Origin: 'https://evil.example' }, { ...headers, Host: `evil.example:${port}` }]) {
      expect((await ask('POST', '/uploads', wrong, 'ACGT')).status).toBe(403)
    }
    expect(await kept()).toEqual([])
  })

  it('says in words that a file is too large, before and while it comes', async () => {
    const { ask, headers, kept } = await signedIn({ uploadLimit: 1000 })
    const told = await ask('POST', '/uploads', headers, Buffer.alloc(3_000_000))
    const streamed = await ask('POST', '/uploads', headers, Readable.from(Array.from({ length: 300 }, () => Buffer.alloc(10_000))))
    for (const { status, text } of [told, streamed]) {
      expect(status).toBe(413)
      expect(JSON.parse(text)).toEqual({
        message: expect.stringMatching(/^Élan, 2\.fa is larger than .* \(1000 bytes\)\. .*command line/) as string,
      })
    }
    expect(await kept()).toEqual([])
    expect((await ask('POST', '/uploads', headers, Buffer.alloc(1000))).status).toBe(200)
  })

  it('leaves nothing of an upload that broke off, and counts it as nobody’s fault', async () => {
    const { headers, kept, port, faults, ask } = await signedIn({ uploadLimit: 2 ** 24 })
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/uploads',
      headers: { ...headers, 'Content-Length': '2000000' },
    })
    request.on('error', () => {})
    request.write(Buffer.alloc(1_000_000))
    await expect.poll(kept).toEqual([expect.stringMatching(/\.part$/)])
    request.destroy()
    await expect.poll(kept).toEqual([])
    expect(faults).toEqual([])
    expect((await ask('GET', '/')).status).toBe(200)
  })

  it('needs the file’s name', async () => {
    const { ask, headers } = await signedIn()
    for (const name of ['', '%E0%A4%A']) expect((await ask('POST', '/uploads', { ...headers, 'X-File-Name': name }, 'x')).status).toBe(400)
    expect((await ask('GET', '/uploads', headers)).status).toBe(405)
  })
})
