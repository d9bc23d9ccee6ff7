import { readFileSync } from 'node:fs'
import { inProject } from './paths.mjs'

/**
 * One platform's wheel, as engine-runtime.lock.json names it. `python` and `platform` are what pip is to take it for; `verified`: the engine was run there.
 * @typedef {{ package: string, version: string, python: string, platform: string, file: string, bytes: number, sha256: string, verified: boolean }} LockedWheel
 */

/**
 * TensorFlow's build for NVIDIA GPUs: its wheel, then CUDA's. `unpackedBytes` is what they take on the disk.
 * @typedef {{ wheels: LockedWheel[], version: string, unpackedBytes: number }} LockedCuda
 */

/**
 * @typedef {{ unpackedBytes: number, verified: boolean, wheels: Omit<LockedWheel, 'python' | 'verified'>[] }} CudaEntry
 * @typedef {{ python: string, platforms: Record<string, Omit<LockedWheel, 'python'> | { none: string }>, cuda: Record<string, CudaEntry> }} LockFile
 */

const lockFile = () => {
  const lock = /** @type {LockFile} */ (JSON.parse(readFileSync(inProject('engine-runtime.lock.json'), 'utf8')))
  return lock
}

/**
 * What the lock file holds for a platform.
 * @param {string} [platform] as `linux-x64`
 * @returns {{ wheel: LockedWheel } | { none: string }} `none` holds the reason why this platform has no runtime
 */
export const lockedWheel = (platform = `${process.platform}-${process.arch}`) => {
  const { python, platforms } = lockFile()
  const entry = platforms[platform] ?? { none: `TensorFlow publishes no C library for ${platform}.` }
  return 'none' in entry ? entry : { wheel: { python, ...entry } }
}

/**
 * What the lock file holds of TensorFlow for NVIDIA GPUs.
 * @param {string} [platform] as `linux-x64`
 * @returns {LockedCuda | { none: string }} `none` holds the reason why this platform has none
 */
export const lockedCuda = (platform = `${process.platform}-${process.arch}`) => {
  const { python, cuda } = lockFile()
  const entry = cuda[platform]
  if (!entry)
    return { none: `TensorFlow publishes no build with CUDA for ${platform}. WebGPU reaches the GPU there, with nothing to install.` }
  const { unpackedBytes, verified } = entry
  const wheels = entry.wheels.map((wheel) => ({ python, verified, ...wheel }))
  return { wheels, version: wheels.find((wheel) => wheel.package === 'tensorflow')?.version ?? '', unpackedBytes }
}
