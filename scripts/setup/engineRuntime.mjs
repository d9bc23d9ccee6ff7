import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildBinding } from './buildBinding.mjs'
import { encoderSources } from './compileEncoder.mjs'
import { lockedWheel } from './engineLock.mjs'
import { fetchWheel } from './fetchWheel.mjs'
import { findCompiler } from './findCompiler.mjs'
import { findPython } from './findPython.mjs'
import { isLinked, linkBinding } from './linkBinding.mjs'
import { inProject } from './paths.mjs'
import { say } from './say.mjs'
import { joinProblems, SetupProblem } from './setupProblem.mjs'
import { unpackRuntime } from './unpackRuntime.mjs'

const packageFolder = inProject('node_modules', '@tensorflow', 'tfjs-node-gpu')
const home = inProject('runtime')

/**
 * Changes whenever the binding has to be built anew: another wheel, another binding, or another way of building it.
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 */
const bindingKey = (wheel) => {
  const hash = createHash('sha256').update(wheel.sha256)
  for (const sources of [path.join(packageFolder, 'binding'), encoderSources])
    for (const name of readdirSync(sources).sort()) hash.update(readFileSync(path.join(sources, name)))
  for (const script of ['buildBinding.mjs', 'compileEncoder.mjs']) hash.update(readFileSync(new URL(script, import.meta.url)))
  return hash.digest('hex').slice(0, 12)
}

/** @param {import('./engineLock.mjs').LockedWheel} wheel */
const places = (wheel) => ({
  runtime: path.join(home, `tensorflow-${wheel.version}-${wheel.sha256.slice(0, 12)}`),
  binding: path.join(home, `binding-${bindingKey(wheel)}`),
  downloads: path.join(home, '.download'),
})

/** The folder of the binding that is built against the locked runtime. */
export const bindingFolder = () => {
  const locked = lockedWheel()
  return 'none' in locked ? '' : places(locked.wheel).binding
}

/**
 * Removes what other versions and interrupted set-ups left.
 * @param {string[]} keep
 */
const clearOthers = (...keep) => {
  const names = new Set(keep.map((folder) => path.basename(folder)))
  for (const name of readdirSync(home)) {
    if (/^(tensorflow-|binding-|\.download$|\.unpacking$|\.building$)/.test(name) && !names.has(name))
      rmSync(path.join(home, name), { recursive: true, force: true })
  }
}

/**
 * The engine's runtime: TensorFlow's C libraries under runtime/, and tfjs-node's binding built against them. Needs node_modules.
 * Each of its three parts is done when its place is filled, so an interrupted set-up goes on where it was.
 * @type {import('./step.mjs').Step}
 */
export const engineRuntime = {
  isDone: () => {
    const locked = lockedWheel()
    if ('none' in locked) return true
    if (!existsSync(path.join(packageFolder, 'binding'))) return false
    const { runtime, binding } = places(locked.wheel)
    return existsSync(runtime) && isLinked(packageFolder, runtime, binding)
  },

  run: async () => {
    const locked = lockedWheel()
    if ('none' in locked) return
    const { wheel } = locked
    if (!existsSync(path.join(packageFolder, 'binding')))
      throw new SetupProblem('The packages are incomplete.', 'Delete the folder node_modules, then start again.')
    const { runtime, binding, downloads } = places(wheel)
    // Whatever is missing is said before hundreds of megabytes are fetched, and all of it at once.
    const [python, compiler] = await joinProblems(existsSync(runtime) ? '' : findPython(), existsSync(binding) ? '' : findCompiler())
    mkdirSync(home, { recursive: true })
    if (!existsSync(runtime)) {
      say(`Fetching the engine's runtime: TensorFlow ${wheel.version}, ${Math.round(wheel.bytes / 1e6)} MB, once.`)
      const file = await fetchWheel(python, wheel, downloads)
      say("Unpacking the engine's runtime.")
      await unpackRuntime(python, file, wheel, runtime)
    }
    if (!existsSync(binding)) {
      say("Building the engine's binding.")
      await buildBinding(compiler, runtime, binding, wheel.version)
    }
    linkBinding(packageFolder, runtime, binding)
    clearOthers(runtime, binding)
  },
}
