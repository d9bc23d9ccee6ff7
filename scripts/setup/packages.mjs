import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isNode24Linked, linkNode24 } from './node24.mjs'
import { inProject } from './paths.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>} Packages by their place */

/**
 * @param {string} file
 * @returns {Packages}
 */
const packagesOf = (file) => /** @type {{ packages: Packages }} */ (JSON.parse(readFileSync(file, 'utf8'))).packages

/**
 * Whether what is installed is what is locked. Optional packages of other platforms may be absent; the folders are looked at too, for an install that was cut short.
 * @param {Packages} locked  of package-lock.json
 * @param {Packages} installed  of node_modules/.package-lock.json, which npm writes last
 * @param {(place: string) => boolean} isThere
 */
export const areInstalled = (locked, installed, isThere) => {
  const wanted = Object.entries(locked).filter(([place]) => place !== '')
  const strangers = Object.keys(installed).some((place) => !(place in locked))
  return (
    !strangers &&
    wanted.every(([place, { version, integrity, optional }]) => {
      const found = installed[place]
      return found === undefined ? optional === true : found.version === version && found.integrity === integrity && isThere(place)
    })
  )
}

/** npm runs on the machine's own Node: the one in node_modules is among the files that it replaces. */
const environment = () => {
  const own = inProject('node_modules')
  const search = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !path.resolve(folder).startsWith(own))
  return { ...process.env, PATH: search.join(path.delimiter) }
}

const installed = () => {
  const record = inProject('node_modules', '.package-lock.json')
  const isThere = (/** @type {string} */ place) => existsSync(inProject(place, 'package.json'))
  return existsSync(record) && areInstalled(packagesOf(inProject('package-lock.json')), packagesOf(record), isThere)
}

const install = async () => {
  const manner = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = await runProcess('npm', ['ci', ...manner], {
    cwd: inProject(),
    env: environment(),
    shell: process.platform === 'win32',
  })
  if (code === 0) return
  if (code === 127) throw new SetupProblem('npm is missing.', 'Install Node with npm from nodejs.org, then start again.')
  throw new SetupProblem(
    `npm could not install the packages. It said:\n${lastLines(output)}`,
    'Look at the network, the room on the disk and the registry that npm is set to use, then start again.',
  )
}

/**
 * The packages of package-lock.json. No package's install script runs: none is needed, and one of them fetches from an address that is gone.
 * @type {import('./step.mjs').Step}
 */
export const packages = {
  isDone: () => installed() && isNode24Linked(),

  run: async () => {
    if (!installed()) {
      say('Installing the packages, once.')
      await install()
    }
    linkNode24()
  },
}
