import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openUploads } from '../../../../src/main/files/uploads.ts'
import { openPageFiles } from '../../../../src/main/page/pageFiles.ts'
import { builtPage } from '../page/builtPage.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import * as electron from './electronStandIn.ts'

vi.mock('electron', () => import('./electronStandIn.ts'))
const { handlePageProtocol, isPageAddress, registerPageProtocol } = await import('../../../../src/main/desktop/pageProtocol.ts')

async function openProtocol(limit?: number) {
  const folder = join(temporaryFolder(), 'uploads')
  handlePageProtocol(electron.session.defaultSession as never, {
    files: await openPageFiles(await builtPage()),
    uploads: await openUploads(folder, limit === undefined ? undefined : () => limit),
    onFault: (fault) => expect.fail(String(fault)),
  })
  const handle = electron.session.defaultSession.handlers.get('workbench')!
  return { folder, fetch: (address: string, init?: RequestInit) => handle(new Request(address, init)) }
}

it('is a scheme with an origin, fetch and streams, and no way round the policy', () => {
  registerPageProtocol()
  expect(electron.protocol.schemes).toEqual([
    { scheme: 'workbench', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ])
})

it('knows the page’s own addresses', () => {
  for (const own of ['workbench://app', 'workbench://app/', 'workbench://app/datasets?x#y']) expect(isPageAddress(own)).toBe(true)
  for (const other of ['workbench://other/', 'workbench://app.evil/', 'workbench://app:1/', 'https://app/', 'workbench:app', ''])
    expect(isPageAddress(other)).toBe(false)
})

it('serves the page under the same policy as the browser face', async () => {
  const { fetch } = await openProtocol()
  for (const address of ['workbench://app/', 'workbench://app/datasets/1']) {
    const response = await fetch(address)
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/)
    expect(await response.text()).toContain('<title>Enhancer Workbench</title>')
  }
  expect((await fetch('workbench://app/assets/index-3f2a.js')).headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
})

it('refuses other hosts and other methods, and never leaves its folder', async () => {
  const { fetch } = await openProtocol()
  expect((await fetch('workbench://other/')).status).toBe(404)
  expect((await fetch('workbench://app/', { method: 'POST' })).status).toBe(405)
  for (const path of ['../secret.txt', '%2e%2e/secret.txt', '..%2fsecret.txt', 'assets/..%2f..%2fsecret.txt']) {
    expect(await (await fetch(`workbench://app/${path}`)).text()).not.toBe('secret')
  }
})

it('takes uploads', async () => {
  const { fetch, folder } = await openProtocol(1000)
  const send = (body: string) =>
    fetch('workbench://app/uploads', { method: 'POST', headers: { 'X-File-Name': encodeURIComponent('mine é.fa') }, body })
  const { upload } = (await (await send('>a\nACGT\n')).json()) as { upload: string }
  expect(await readFile(join(folder, upload), 'utf8')).toBe('>a\nACGT\n')
  const refused = await send('A'.repeat(1001))
  expect(refused.status).toBe(413)
  expect(((await refused.json()) as { message: string }).message).toMatch(/^mine é\.fa is larger/)
  expect(await readdir(folder)).toEqual([upload])
})
