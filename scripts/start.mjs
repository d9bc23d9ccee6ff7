import './requireNode20.mjs'
import { findElectron, windowObstacle } from './setup/electron.mjs'
import { node24, withNode24 } from './setup/node24.mjs'
import { SMALL_YOUNG_GENERATION } from './setup/memory.mjs'
import { inProject } from './setup/paths.mjs'
import { runInForeground } from './setup/runInForeground.mjs'
import { say } from './setup/say.mjs'
import { runScript, setUp } from './setup/setUp.mjs'

/** npm moves to the project's folder; the paths that a user names are meant from where they stand. */
const whereTheUserStands = () => process.env['INIT_CWD'] ?? process.cwd()

/**
 * Serves the page on 127.0.0.1, prints its address, and opens it where somebody would see it.
 * @param {string[]} args
 */
const serve = (args) =>
  runInForeground(node24(), [SMALL_YOUNG_GENERATION, inProject('out', 'main', 'serve.js'), '--open', ...args], {
    cwd: whereTheUserStands(),
    env: withNode24(),
  })

/**
 * `npm start [-- --browser --port N --workspace DIR]`: the workbench, set up first. In Electron's window where that can be had,
 * else (or where `--browser` asks for it) served on 127.0.0.1, with its address printed.
 */
await runScript(async () => {
  const args = process.argv.slice(2)
  // A port is the browser face's alone.
  const asked = args.some((argument) => argument === '--browser' || argument.startsWith('--port'))
  const passedOn = args.filter((argument) => argument !== '--browser')
  await setUp('start')
  if (asked) return serve(passedOn)
  const obstacle = windowObstacle()
  const electron = obstacle === undefined ? await findElectron() : undefined
  if (electron === undefined) {
    say(`${obstacle ?? "Electron's window is not to be had here"}: the workbench opens as a page in the browser.`)
    return serve(passedOn)
  }
  return runInForeground(electron, [inProject(), ...passedOn], { cwd: whereTheUserStands(), env: withNode24() })
})
