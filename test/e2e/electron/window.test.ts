import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { electronBinary } from './electronBinary.ts'

const project = fileURLToPath(new URL('../../..', import.meta.url))
const binary = electronBinary()

async function launch(folder: string): Promise<ElectronApplication> {
  if ('missing' in binary) throw new Error(binary.missing)
  const args = [project, `--user-data-dir=${join(folder, 'data')}`, '--workspace', join(folder, 'workspace')]
  // Chromium's sandbox refuses root, as whom containers often run their tests.
  return _electron.launch({ executablePath: binary.path, args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args })
}

interface Fixtures {
  /** A folder for one test's app data and workspace; its name has a space and accents, as users' folders do. */
  folder: string
  app: ElectronApplication
  window: Page
}

/** Tests of the desktop face: the built app in a real Electron, each on a workspace of its own. */
const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'enhancer workbench é-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  app: async ({ folder }, use) => {
    const app = await launch(folder)
    await use(app)
    await app.close()
  },
  window: async ({ app }, use) => {
    await use(await app.firstWindow())
  },
})

test.skip('missing' in binary, 'missing' in binary ? binary.missing : '')
// Playwright's list shows that a test was skipped, but not why. (Workers read this file too.)
if ('missing' in binary && process.env['TEST_WORKER_INDEX'] === undefined)
  console.log(`The tests of Electron’s window are skipped. ${binary.missing}`)

test('opens on Home, at the app’s own address', async ({ window }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  expect(window.url()).toBe('workbench://app/')
})

test('talks to the core: a call is answered, after a reload too', async ({ window, folder }) => {
  await window.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await expect(window.getByText(join(folder, 'workspace'))).toBeVisible()
  await window.reload()
  await expect(window.getByText(join(folder, 'workspace'))).toBeVisible()
})

test('has no Node in the page, and nothing of Electron', async ({ window }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const kinds = await window.evaluate(
    "['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].map((name) => typeof globalThis[name])",
  )
  expect(kinds).toEqual(Array(7).fill('undefined'))
})

test('takes a file over the app’s own protocol', async ({ window }) => {
  const answer = await window.evaluate(
    "fetch('/uploads', { method: 'POST', headers: { 'X-File-Name': 'mine.fa' }, body: new Blob(['>a\\nACGT\\n']) }).then(async (answer) => [answer.status, await answer.json()])",
  )
  expect(answer).toEqual([200, { upload: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown }])
})

test('goes nowhere else, and reaches no network', async ({ window, app }) => {
  await window.evaluate("location.href = 'https://example.com/'")
  await window.evaluate("window.open('http://example.com/')")
  const refused = await window.evaluate("fetch('https://example.com/').then(() => 'let through', () => 'refused')")
  expect(refused).toBe('refused')
  expect(window.url()).toBe('workbench://app/')
  expect(app.windows()).toHaveLength(1)
})

test('lets go of the workspace when it quits', async ({ app, window, folder }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await app.close()
  const again = await launch(folder)
  await expect((await again.firstWindow()).getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await again.close()
})
