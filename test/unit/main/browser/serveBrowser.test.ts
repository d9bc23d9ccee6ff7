import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import { serveBrowser } from '../../../../src/main/browser/serveBrowser.ts'
import { openUploads } from '../../../../src/main/files/uploads.ts'
import { openPageFiles } from '../../../../src/main/page/pageFiles.ts'
import { builtPage } from '../page/builtPage.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import { refusalOf, testServer } from './testServer.ts'

describe('who may read the page', () => {
  it('anybody who asks this server by its own name', async () => {
    const { ask, port } = await testServer()
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const { status, headers, text } = await ask('GET', '/', { Host: host })
      expect(status).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(text).toContain('<title>Enhancer Workbench</title>')
    }
  })

  it('nobody under another name, as after DNS rebinding', async () => {
    const { ask, port } = await testServer()
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`, `127.0.0.1.evil.example:${port}`]) {
      const { status, text } = await ask('GET', '/', { Host: host })
      expect(status, host).toBe(403)
      expect(text).not.toContain('<title>')
    }
  })

  it('no page of another origin: there are no CORS headers', async () => {
    const { ask } = await testServer()
    const { headers } = await ask('GET', '/', { Origin: 'https://evil.example' })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    const preflight = await ask('OPTIONS', '/uploads', { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' })
    expect(preflight.status).toBe(405)
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it('every answer, a refusal too, has the security headers', async () => {
    const { ask, origin, signIn } = await testServer()
    const cookie = await signIn()
    const answers = [
      await ask('GET', '/'),
      await ask('GET', '/icon.svg'),
      await ask('GET', '/assets/gone.js'),
      await ask('GET', '/', { Host: 'evil.example' }),
      await ask('POST', '/session', { Origin: origin }, '{}'),
      await ask('POST', '/uploads', { Origin: origin, Cookie: cookie, 'X-File-Name': 'a' }, 'x'),
      await ask('PUT', '/', { Origin: origin, Cookie: cookie }),
      await ask('TRACE', '/'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 403, 200, 405, 405])
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    }
  })

  it('a target that is no path is a bad request, and the server goes on', async () => {
    const { ask, faults } = await testServer()
    expect((await ask('GET', 'http://[/')).status).toBe(400)
    expect((await ask('GET', '/%E0%A4%A')).status).toBe(400)
    expect((await ask('GET', '/')).status).toBe(200)
    expect(faults).toEqual([])
  })
})

describe('POST /session', () => {
  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const { askForSession, token, port } = await testServer()
    const { status, headers } = await askForSession({ token })
    expect(status).toBe(204)
    expect(headers['set-cookie']).toHaveLength(1)
    expect(headers['set-cookie']![0]).toMatch(new RegExp(`^enhancer-workbench-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
  })

  it('takes the token again, for a second tab, and gives it a session of its own', async () => {
    const { signIn } = await testServer()
    expect(await signIn()).not.toBe(await signIn())
  })

  it('refuses what is not the token', async () => {
    const { askForSession, ask, token, origin } = await testServer()
    for (const value of [{ token: 'wrong' }, { token: `${token}x` }, { token: token.slice(1) }, { token: 1 }, {}, null]) {
      const { status, headers } = await askForSession(value)
      expect(status).toBe(403)
      expect(headers['set-cookie']).toBeUndefined()
    }
    expect((await ask('POST', '/session', { Origin: origin }, 'not JSON')).status).toBe(403)
    expect((await ask('POST', '/session', { Origin: origin }, JSON.stringify({ token, more: 'x'.repeat(5000) }))).status).toBe(403)
  })

  it('refuses the right token from a page of another origin, or of none', async () => {
    const { askForSession, token, port } = await testServer()
    const origins = [
      {},
      ...['https://evil.example', 'null', `http://127.0.0.1:${port + 1}`, `https://127.0.0.1:${port}`].map((Origin) => ({ Origin })),
    ]
    for (const headers of origins) {
      expect((await askForSession({ token }, headers)).status).toBe(403)
    }
  })

  it('looks at no token after ten wrong ones, until a minute is over', async () => {
    let time = 0
    const { askForSession, token } = await testServer({ now: () => time })
    for (let attempt = 0; attempt < 10; attempt++) expect((await askForSession({ token: `guess ${attempt}` })).status).toBe(403)
    const refused = await askForSession({ token })
    expect(refused.status).toBe(429)
    expect(refused.headers['retry-after']).toBe('60')
    time = 60_000
    expect((await askForSession({ token })).status).toBe(204)
  })

  it('the tokens and cookies of another server are worth nothing', async () => {
    const [before, after] = [await testServer(), await testServer()]
    expect((await after.askForSession({ token: before.token })).status).toBe(403)
    const id = (await before.signIn()).split('=')[1]!
    const cookie = `enhancer-workbench-${after.port}=${id}`
    expect((await after.ask('POST', '/uploads', { Origin: after.origin, Cookie: cookie, 'X-File-Name': 'a' }, 'x')).status).toBe(403)
  })
})

describe('the channel', () => {
  it('carries calls, bytes, progress and events', async () => {
    const { connectPage, core } = await testServer()
    const { calls, on, close } = await connectPage()
    expect(await calls.numbers.double({ values: Float32Array.of(1.5, -2) })).toEqual({ values: Float32Array.of(3, -4) })
    const seen: number[] = []
    expect(await calls.numbers.count({ to: 3 }, { onProgress: (at) => seen.push(at) })).toEqual({ counted: 3 })
    expect(seen).toEqual([1, 2, 3])
    const { promise, resolve } = Promise.withResolvers<string>()
    on('told', ({ text }) => resolve(text))
    core.tell('hello')
    expect(await promise).toBe('hello')
    close()
    await expect.poll(() => core.listeners()).toBe(0)
  })

  it('serves two pages at once', async () => {
    const { connectPage, core } = await testServer()
    const pages = [await connectPage(), await connectPage()]
    await Promise.all(pages.map(({ calls }) => calls.numbers.count({ to: 1 })))
    const heard = pages.map(({ on }) => new Promise((resolve) => on('told', resolve)))
    core.tell('to all')
    expect(await Promise.all(heard)).toEqual([{ text: 'to all' }, { text: 'to all' }])
  })

  it('is refused without a cookie, with a wrong one, from another origin, and by another name', async () => {
    const { openSocket, origin, port, signIn } = await testServer()
    const Cookie = await signIn()
    expect(await refusalOf(openSocket({ Origin: origin }))).toBe(403)
    expect(await refusalOf(openSocket({ Origin: origin, Cookie: `enhancer-workbench-${port}=wrong` }))).toBe(403)
    expect(await refusalOf(openSocket({ Cookie }))).toBe(403)
    expect(await refusalOf(openSocket({ Cookie, Origin: 'https://evil.example' }))).toBe(403)
    expect(await refusalOf(openSocket({ Cookie, Origin: `http://127.0.0.1:${port + 1}` }))).toBe(403)
    expect(await refusalOf(openSocket({ Cookie, Origin: `http://evil.example:${port}`, Host: `evil.example:${port}` }))).toBe(403)
  })

  it('is nowhere but at /channel', async () => {
    const { origin, port, signIn } = await testServer()
    const headers = { Origin: origin, Cookie: await signIn() }
    expect(await refusalOf(new WebSocket(`ws://127.0.0.1:${port}/elsewhere`, { headers }))).toBe(404)
  })

  it('ends when a message is larger than any that a page sends', async () => {
    const { openSocket, origin, signIn, ask } = await testServer()
    const socket = openSocket({ Origin: origin, Cookie: await signIn() })
    await once(socket, 'open')
    socket.on('error', () => {})
    socket.send(Buffer.alloc(64 * 2 ** 20 + 1))
    const [code] = (await once(socket, 'close')) as [number]
    expect([1006, 1009]).toContain(code)
    expect((await ask('GET', '/')).status).toBe(200)
  })
})

describe('the server', () => {
  it('listens on the loopback address alone, and prints an address with its token in the fragment', async () => {
    const { address, port, token } = await testServer()
    expect(address).toBe(`http://127.0.0.1:${port}/#token=${token}`)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    // On Linux the whole of 127/8 is this machine: a server bound to every address answers there.
    const others = [...own.filter(({ internal }) => !internal).map(({ address }) => address), '::1']
    if (process.platform === 'linux') others.push('127.0.0.2')
    for (const host of others) {
      const socket = connect({ host, port })
      await expect(once(socket, 'connect'), host).rejects.toThrow()
      socket.destroy()
    }
  })

  it('says so where the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const start = serveBrowser({
      files: await openPageFiles(await builtPage()),
      uploads: await openUploads(temporaryFolder()),
      onFault: () => {},
      port,
      now: () => 0,
      attach: () => {},
    })
    await expect(start).rejects.toThrow(WorkbenchError)
    await expect(start).rejects.toMatchObject({
      message: `Port ${port} is taken by another program.`,
      details: { hint: expect.stringContaining('--port') as string },
    })
    other.close()
  })

  it('ends its pages when it closes', async () => {
    const { connectPage, close, ask } = await testServer()
    const { calls } = await connectPage()
    await calls.numbers.count({ to: 1 })
    await close()
    await expect(calls.numbers.count({ to: 1 })).rejects.toMatchObject({ code: 'unavailable' })
    await expect(ask('GET', '/')).rejects.toThrow('ECONNREFUSED')
  })
})
