import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defaultWorkspace } from '../../../src/main/files/defaultWorkspace.ts'
import { temporaryFolder } from './temporaryFolder.ts'

const { argv } = process
let own: string
let electron: typeof import('./desktop/electronStandIn.ts')

/** Starts the app as Electron does: by loading its entry. */
async function start(...args: string[]) {
  process.argv = ['electron', '.', ...args]
  await import('../../../src/main/index.ts')
}

async function quit() {
  electron.app.quit()
  await expect.poll(() => electron.app.ended).toBe('quit')
}

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('electron', () => import('./desktop/electronStandIn.ts'))
  electron = (await import('electron')) as unknown as typeof electron
  own = temporaryFolder()
  // Whichever the system reads, it is told to keep applications' data there.
  for (const name of ['XDG_DATA_HOME', 'APPDATA', 'HOME']) vi.stubEnv(name, own)
})

afterEach(() => {
  process.argv = argv
  vi.unstubAllEnvs()
})

it('opens its window on the workspace in the user’s own folder', async () => {
  await start()
  expect(electron.protocol.schemes.map(({ scheme }) => scheme)).toEqual(['workbench'])
  await expect.poll(() => electron.BrowserWindow.opened).toHaveLength(1)
  expect(existsSync(join(defaultWorkspace(), 'workbench.db'))).toBe(true)
  await quit()
})

it('opens the workspace that it is told to, beside switches that are Chromium’s', async () => {
  const folder = join(temporaryFolder(), 'elsewhere')
  await start('--workspace', folder, '--user-data-dir=x')
  await expect.poll(() => electron.BrowserWindow.opened).toHaveLength(1)
  expect(existsSync(join(folder, 'workbench.db'))).toBe(true)
  expect(existsSync(defaultWorkspace())).toBe(false)
  await quit()
})

it('leaves the field to the instance that is there already', async () => {
  electron.app.first = false
  await start()
  expect(electron.app.ended).toBe('quit')
  expect(existsSync(defaultWorkspace())).toBe(false)
  expect(electron.BrowserWindow.opened).toEqual([])
})

it('says why where the workspace cannot be opened, and ends', async () => {
  await start('--workspace', '/dev/null/nowhere')
  await expect.poll(() => electron.app.ended).toBe(1)
  expect(electron.dialog.errors).toEqual([
    [
      'Enhancer Workbench could not start',
      'The workspace /dev/null/nowhere cannot be made or written to: a part of its path is a file, not a folder.\n\nChoose another folder, or make this one writable.',
    ],
  ])
  expect(electron.BrowserWindow.opened).toEqual([])
})
