import { existsSync } from 'node:fs'
import { findChromium } from './findChromium.mjs'
import { node24, withNode24 } from './node24.mjs'
import { inProject } from './paths.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'

const mayInstallPackages = () => process.getuid?.() === 0 && existsSync('/etc/debian_version')

const fromDebian = async () => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const refreshed = await runProcess('apt-get', ['update', '-qq'], { env })
  return refreshed.code === 0
    ? runProcess('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env })
    : refreshed
}

const fromPlaywright = () =>
  runProcess(node24(), [inProject('node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], { cwd: inProject(), env: withNode24() })

/**
 * The browser of the end-to-end tests. Needs node_modules.
 * @type {import('./step.mjs').Step}
 */
export const chromium = {
  isDone: () => findChromium() !== undefined,

  run: async () => {
    let said = ''
    for (const install of mayInstallPackages() ? [fromDebian, fromPlaywright] : [fromPlaywright]) {
      say(install === fromDebian ? "Installing Debian's Chromium for the tests." : "Fetching Playwright's Chromium for the tests.")
      const { code, output } = await install()
      if (code === 0 && findChromium() !== undefined) return
      said = lastLines(output, 4)
    }
    throw new SetupProblem(
      `A Chromium for the end-to-end tests is missing and could not be installed. The last try said:\n${said}`,
      'Install Chromium or Chrome (Debian: apt-get install chromium), or name one by the variable CHROMIUM_PATH.',
    )
  },
}
