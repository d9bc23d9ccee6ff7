import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { node24, withNode24 } from './node24.mjs'
import { inProject } from './paths.mjs'
import { runProcess } from './runProcess.mjs'
import { say } from './say.mjs'

const packageFolder = inProject('node_modules', 'electron')
/** Left where the binary was asked for and not to be had; `npm ci` clears it. */
const refusal = path.join(packageFolder, 'not-to-be-had')

/** @returns {string | undefined} the binary's path, where it is there */
const binary = () => {
  const named = path.join(packageFolder, 'path.txt')
  if (!existsSync(named)) return undefined
  const file = path.join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(packageFolder, 'dist'), readFileSync(named, 'utf8'))
  return existsSync(file) ? file : undefined
}

/** Why no window can be opened here, whatever is installed; undefined where one can. */
export const windowObstacle = () => {
  if (process.env['CI']) return 'This runs without a person before it (CI is set)'
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'There is no display here'
  if (process.getuid?.() === 0) return "Electron's sandbox does not work for root"
  return undefined
}

/**
 * Electron's binary. npm's package fetches it from a place of its own, which many networks do not let through: it is asked for once, and not again until the packages are renewed.
 * @returns {Promise<string | undefined>} its path
 */
export const findElectron = async () => {
  const found = binary()
  if (found !== undefined || existsSync(refusal)) return found
  say('Fetching Electron for the window, once.')
  const minutes = 5
  const { code } = await runProcess(node24(), [path.join(packageFolder, 'install.js')], { env: withNode24(), timeout: minutes * 60_000 })
  const fetched = code === 0 ? binary() : undefined
  if (fetched === undefined) writeFileSync(refusal, '')
  return fetched
}
