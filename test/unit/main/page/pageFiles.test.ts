import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPageFiles } from '../../../../src/main/page/pageFiles.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import { builtPage } from './builtPage.ts'

const ORIGIN = 'http://127.0.0.1:1'
const get = (path: string, init?: RequestInit) => new Request(ORIGIN + path, init)
const nonceOf = (response: Response) => /'nonce-([\w-]+)'/.exec(response.headers.get('Content-Security-Policy') ?? '')?.[1]

describe('openPageFiles', () => {
  it('serves index.html under a strict policy whose nonce is in the page, and fresh each time', async () => {
    const files = await openPageFiles(await builtPage())
    const [first, second] = [files(get('/')), files(get('/'))]
    const policy = first.headers.get('Content-Security-Policy')!.split('; ')
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonceOf(first)}'`,
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    expect(Buffer.from(nonceOf(first)!, 'base64url')).toHaveLength(16)
    expect(await first.text()).toContain(`<meta name="csp-nonce" content="${nonceOf(first)}">`)
    expect(nonceOf(second)).not.toBe(nonceOf(first))
    expect(first.headers.get('Cache-Control')).toBe('no-store')
  })

  it('answers the page’s own routes with index.html, and /index.html too', async () => {
    const files = await openPageFiles(await builtPage())
    for (const path of ['/datasets', '/datasets/12', '/compare?dataset=1', '/index.html', '/no.such.file']) {
      const response = files(get(path))
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
      expect(nonceOf(response)).toBeDefined()
    }
  })

  it('says that an asset of another build is gone', async () => {
    const response = (await openPageFiles(await builtPage()))(get('/assets/index-0000.js'))
    expect(response.status).toBe(404)
  })

  it('keeps files with a hash in their name for ever, and asks again for the others', async () => {
    const files = await openPageFiles(await builtPage())
    const script = files(get('/assets/index-3f2a.js'))
    expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(await script.text()).toBe('export {}')
    const icon = files(get('/icon.svg'))
    expect(icon.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(icon.headers.get('Cache-Control')).toBe('no-cache')
    const again = files(get('/icon.svg', { headers: { 'If-None-Match': icon.headers.get('ETag')! } }))
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  })

  it('answers HEAD without the content', async () => {
    const files = await openPageFiles(await builtPage())
    for (const path of ['/', '/icon.svg']) {
      const response = files(get(path, { method: 'HEAD' }))
      expect(response.status).toBe(200)
      expect(await response.text()).toBe('')
    }
  })

  it('never leaves its folder: not by dots, not by encoded dots, not by links, and lists nothing', async () => {
    const page = await builtPage()
    await symlink(join(page, '..', 'secret.txt'), join(page, 'link.txt'))
    const files = await openPageFiles(page)
    const paths = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
      '//secret.txt',
      '/secret.txt%00',
      '/link.txt',
      '/assets',
      '/assets/',
    ]
    for (const path of paths) {
      const text = await files(get(path)).text()
      expect(text, path).not.toBe('secret')
      expect(text, path).not.toContain('index-3f2a')
    }
    expect(files(get('/%E0%A4%A')).status).toBe(400)
  })

  it('says so where the page was not built', async () => {
    await expect(openPageFiles(join(temporaryFolder(), 'renderer'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('was not built') as string,
    })
  })

  it('serves what was there when it was opened', async () => {
    const page = await builtPage()
    const files = await openPageFiles(page)
    await writeFile(join(page, 'later.txt'), 'later')
    expect(await files(get('/later.txt')).text()).not.toBe('later')
  })
})
