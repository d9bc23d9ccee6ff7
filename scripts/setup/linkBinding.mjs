import { copyFileSync, mkdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/**
 * @param {string} packageFolder
 * @param {string} runtime
 * @param {string} bindingFolder
 */
const places = (packageFolder, runtime, bindingFolder) => {
  const deps = path.join(packageFolder, 'deps')
  return {
    built: path.join(bindingFolder, 'tfjs_binding.node'),
    binding: path.join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node'),
    libraries: path.join(deps, 'lib'),
    // Relative, so that it still points home when the project's folder is moved.
    target: path.relative(deps, path.join(runtime, 'lib')),
  }
}

/** @param {string} link */
const targetOf = (link) => {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}

/**
 * Whether the package holds this binding, or a copy made after it, and these libraries.
 * @param {string} packageFolder
 * @param {string} runtime
 * @param {string} bindingFolder
 */
export const isLinked = (packageFolder, runtime, bindingFolder) => {
  const { built, binding, libraries, target } = places(packageFolder, runtime, bindingFolder)
  const [source, copy] = [built, binding].map((file) => statSync(file, { throwIfNoEntry: false }))
  return (
    source !== undefined &&
    copy !== undefined &&
    copy.size === source.size &&
    copy.mtimeMs >= source.mtimeMs &&
    targetOf(libraries) === target
  )
}

/**
 * Puts the binding and the libraries where `@tensorflow/tfjs-node-gpu` looks for them. `npm ci` wipes those places; this fills them again from runtime/.
 * @param {string} packageFolder node_modules/@tensorflow/tfjs-node-gpu
 * @param {string} runtime  the unpacked runtime's folder
 * @param {string} bindingFolder  the folder that holds `tfjs_binding.node`
 */
export const linkBinding = (packageFolder, runtime, bindingFolder) => {
  const { built, binding, libraries, target } = places(packageFolder, runtime, bindingFolder)
  for (const place of [binding, libraries]) mkdirSync(path.dirname(place), { recursive: true })
  rmSync(libraries, { recursive: true, force: true })
  symlinkSync(target, libraries, 'dir')
  // By rename: a process that has the old one loaded keeps it whole.
  copyFileSync(built, `${binding}.new`)
  renameSync(`${binding}.new`, binding)
}
