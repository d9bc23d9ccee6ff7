import { beforeEach, expect, it, vi } from 'vitest'
import * as electron from './electronStandIn.ts'

vi.mock('electron', () => import('./electronStandIn.ts'))
const { confineSession } = await import('../../../../src/main/desktop/confinePage.ts')
const { openWindow } = await import('../../../../src/main/desktop/openWindow.ts')

const pages = electron.session.defaultSession
const open = () => openWindow(pages as never, '/out/preload/index.cjs') as unknown as electron.BrowserWindow

beforeEach(() => {
  electron.dialog.asked.length = 0
  electron.shell.opened.length = 0
})

it('opens a window that is isolated, sandboxed and without Node', () => {
  const { webPreferences } = open().options
  expect(webPreferences).toMatchObject({
    session: pages,
    preload: '/out/preload/index.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
  })
})

it('loads the page, and is shown once there is something to see', () => {
  const window = open()
  expect(window.address).toBe('workbench://app/')
  expect(window.shown).toBe(false)
  window.emit('ready-to-show')
  expect(window.shown).toBe(true)
})

it('stays on the page', () => {
  const { webContents } = open()
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    expect(webContents.tries(event, 'workbench://app/datasets')).toBe(true)
    for (const elsewhere of [
      'https://evil.example/',
      'file:///etc/passwd',
      'workbench://other/',
      'workbench://app.evil.example/',
      'javascript:alert(1)',
      'data:text/html,x',
      'nonsense',
    ]) {
      expect(webContents.tries(event, elsewhere), elsewhere).toBe(false)
    }
  }
  expect(webContents.tries('will-attach-webview', '')).toBe(false)
})

it('opens no window; a link to the web opens in the browser once the user has said so', async () => {
  const follow = open().webContents.windowOpenHandler!
  electron.dialog.press = 1
  expect(follow({ url: 'https://doi.org/10.1038/nbt.3678' })).toEqual({ action: 'deny' })
  await expect.poll(() => electron.dialog.asked).toMatchObject([{ message: 'Open doi.org in your browser?' }])
  expect(electron.shell.opened).toEqual([])
  electron.dialog.press = 0
  expect(follow({ url: 'https://doi.org/10.1038/nbt.3678' })).toEqual({ action: 'deny' })
  await expect.poll(() => electron.shell.opened).toEqual(['https://doi.org/10.1038/nbt.3678'])
})

it('never hands anything but https to the system', () => {
  const follow = open().webContents.windowOpenHandler!
  electron.dialog.press = 0
  for (const url of ['http://evil.example/', 'file:///etc/passwd', 'smb://evil.example/x', 'workbench://app/', 'nonsense']) {
    expect(follow({ url })).toEqual({ action: 'deny' })
  }
  expect(electron.dialog.asked).toEqual([])
  expect(electron.shell.opened).toEqual([])
})

it('keeps the page off the network and from every permission but copying', () => {
  confineSession(pages as never)
  expect(pages.filters).toEqual(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'])
  const cancelled: boolean[] = []
  pages.beforeRequest!({ url: 'https://evil.example/' }, ({ cancel }) => cancelled.push(cancel))
  expect(cancelled).toEqual([true])
  const granted = (permission: string) => {
    let answer: boolean | undefined
    pages.permissionRequest!(null, permission, (allowed) => (answer = allowed))
    expect(pages.permissionCheck!(null, permission)).toBe(answer)
    return answer
  }
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'unknown'])
    expect(granted(permission)).toBe(false)
  expect(granted('clipboard-sanitized-write')).toBe(true)
  expect(pages.devicePermission!()).toBe(false)
})
