import { readFileSync } from 'node:fs'
import { inProject } from './paths.mjs'

/**
 * One platform's wheel, as engine-runtime.lock.json names it. `python` and `platform` are what pip is to take it for; `verified`: the engine was run there.
 * @typedef {{ package: string, version: string, python: string, platform: string, file: string, bytes: number, sha256: string, verified: boolean }} LockedWheel
 */

/** @typedef {{ python: string, platforms: Record<string, Omit<LockedWheel, 'python'> | { none: string }> }} LockFile */

/**
 * What the lock file holds for a platform.
 * @param {string} [platform] as `linux-x64`
 * @returns {{ wheel: LockedWheel } | { none: string }} `none` holds the reason why this platform has no runtime
 */
export const lockedWheel = (platform = `${process.platform}-${process.arch}`) => {
  const { python, platforms } = /** @type {LockFile} */ (JSON.parse(readFileSync(inProject('engine-runtime.lock.json'), 'utf8')))
  const entry = platforms[platform] ?? { none: `TensorFlow publishes no C library for ${platform}.` }
  return 'none' in entry ? entry : { wheel: { python, ...entry } }
}
