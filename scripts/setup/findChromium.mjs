import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const macApplications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const onPath = () => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
}

/** Playwright's own, where `playwright install chromium` put one. */
const playwrights = () => {
  const playwright = /** @type {typeof import('@playwright/test')} */ (createRequire(import.meta.url)('@playwright/test'))
  return playwright.chromium.executablePath()
}

/**
 * Ubuntu's chromium-browser is a note that says to install a snap: it is there, but is no browser.
 * @param {string} file
 */
const isBrowser = (file) => existsSync(file) && /^(Chromium|Google Chrome)/m.test(String(spawnSync(file, ['--version']).stdout))

/**
 * A Chromium for the tests: the one that CHROMIUM_PATH names, else one on the path, else an application of macOS, else Playwright's own.
 * @returns {string | undefined} its path
 */
export const findChromium = () => {
  const named = process.env['CHROMIUM_PATH']
  if (named) return named
  const found = [...onPath(), ...macApplications].find(isBrowser)
  if (found !== undefined) return found
  const own = playwrights()
  return existsSync(own) ? own : undefined
}
