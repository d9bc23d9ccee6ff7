import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import { workbenchContract } from '../../../../src/shared/contract/workbench.ts'
import { builtPage } from '../page/builtPage.ts'
import { temporaryFolder } from '../temporaryFolder.ts'
import * as electron from './electronStandIn.ts'
import { TestPage } from './pageWindow.ts'

vi.mock('electron', () => import('./electronStandIn.ts'))
const { refuseToStart, runDesktop } = await import('../../../../src/main/desktop/runDesktop.ts')

async function run(folder = temporaryFolder()) {
  const engine = fileURLToPath(new URL('./echoProcess.ts', import.meta.url))
  await runDesktop({ folder, page: await builtPage(), preload: '/out/preload/index.cjs', engine })
  return folder
}

async function quit() {
  electron.app.quit()
  await expect.poll(() => electron.app.ended).toBe('quit')
}

afterEach(() => {
  electron.app.removeAllListeners()
  electron.ipcMain.removeAllListeners()
  electron.app.ended = null
  electron.BrowserWindow.opened = []
})

it('opens one window whose page talks to the real core, and gets the same from the protocol', async () => {
  const folder = await run()
  const [window] = electron.BrowserWindow.getAllWindows()
  expect(electron.BrowserWindow.opened).toHaveLength(1)
  const { calls, close } = await new TestPage(window!.webContents).connect(workbenchContract)
  expect(await calls.workspace.info({})).toMatchObject({ folder, readOnly: false })
  await calls.workspace.changeSettings({ theme: 'dark' })
  expect(await calls.workspace.settings({})).toMatchObject({ theme: 'dark' })
  await expect(calls.experiments.run({ id: 1 })).rejects.toMatchObject({ code: 'not-found' })
  close()
  const page = await electron.session.defaultSession.handlers.get('workbench')!(new Request('workbench://app/'))
  expect(await page.text()).toContain('<title>Enhancer Workbench</title>')
  await quit()
})

it('takes a file over the protocol that a call can then read', async () => {
  await run()
  const { calls, close } = await new TestPage().connect(workbenchContract)
  const request = new Request('workbench://app/uploads', { method: 'POST', headers: { 'X-File-Name': 'mine.fa' }, body: '>a\nACGT\n' })
  const { upload } = (await (await electron.session.defaultSession.handlers.get('workbench')!(request)).json()) as { upload: string }
  expect(await calls.datasets.inspect({ sources: [{ kind: 'upload', upload, name: 'mine.fa' }] })).toHaveLength(1)
  close()
  await quit()
})

it('keeps off the network, and has the standard menus', async () => {
  await run()
  expect(electron.session.defaultSession.beforeRequest).toBeDefined()
  expect(electron.Menu.set).toEqual({ template: electron.Menu.template })
  expect(electron.Menu.template.map(({ role }) => role)).toEqual(expect.arrayContaining(['fileMenu', 'editMenu', 'viewMenu', 'windowMenu']))
  await quit()
})

it('shows the window again when the app is started a second time', async () => {
  await run()
  const window = electron.BrowserWindow.opened[0]!
  window.minimized = true
  electron.app.emit('second-instance')
  expect([window.minimized, window.focused]).toEqual([false, 1])
  await quit()
})

it('opens a new window when the app is called with none open, as on macOS', async () => {
  await run()
  electron.BrowserWindow.opened[0]!.destroy()
  electron.app.emit('activate')
  expect(electron.BrowserWindow.getAllWindows()).toHaveLength(1)
  electron.app.emit('activate')
  expect(electron.BrowserWindow.getAllWindows()).toHaveLength(1)
  await quit()
})

it('lets go of the workspace when it quits, and keeps everybody else out until then', async () => {
  const folder = await run()
  await expect(run(folder)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is open in another workbench') as string,
  })
  await quit()
  electron.app.removeAllListeners()
  electron.app.ended = null
  await run(folder)
  await quit()
})

it('says in words why it could not start', async () => {
  const folder = await run()
  refuseToStart(await run(folder).catch((fault: unknown) => fault))
  const [[title, content]] = electron.dialog.errors as [[string, string]]
  expect(title).toBe('Enhancer Workbench could not start')
  expect(content).toMatch(/is open in another workbench .*\n\nClose that one, or open another workspace\.$/)
  expect(electron.app.ended).toBe(1)
  await quit()
})
