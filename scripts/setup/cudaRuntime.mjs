import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { bindingFolder } from './engineRuntime.mjs'
import { fetchWheel } from './fetchWheel.mjs'
import { findPython } from './findPython.mjs'
import { inProject } from './paths.mjs'
import { proveCuda } from './proveCuda.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'
import { unpackInto } from './unpackRuntime.mjs'

/** Where the core looks for it: src/main/engine/cudaRuntime.ts. */
export const cudaFolder = inProject('runtime', 'cuda')

/** @typedef {{ stage: string, done: number, total: number }} Progress bytes fetched, or files unpacked */
/** @typedef {{ files: number, bytes: number, left: number, unpacked: number }} CudaSize `left`: bytes still to fetch; `unpacked`: bytes it takes in the end */
/** @typedef {{ isDone: () => boolean, size: () => CudaSize, run: (tell: (progress: Progress) => void) => Promise<void> }} CudaRuntime */

/**
 * Whether the folder holds these very wheels.
 * @param {string} folder
 * @param {import('./engineLock.mjs').LockedWheel[]} wheels
 */
const holds = (folder, wheels) => {
  const record = path.join(folder, 'installed.json')
  if (!existsSync(record)) return false
  const { sha256 } = /** @type {{ sha256: string[] }} */ (JSON.parse(readFileSync(record, 'utf8')))
  return sha256.join() === wheels.map((wheel) => wheel.sha256).join()
}

/**
 * The folders with libraries in an unpacked runtime, relative to it: TensorFlow's first, as the system is to look there first.
 * @param {string} folder
 */
const libraryFolders = (folder) => {
  const parts = existsSync(path.join(folder, 'nvidia')) ? readdirSync(path.join(folder, 'nvidia')).sort() : []
  const ofNvidia = parts.map((part) => path.join('nvidia', part, 'lib')).filter((place) => existsSync(path.join(folder, place)))
  return ['lib', ...ofNvidia]
}

/**
 * TensorFlow's build for NVIDIA GPUs, beside the one for processors. Its wheels are fetched one by one, each into a folder of its own, so that those that are whole
 * are never fetched again; all are unpacked to a folder beside, proved in a process of their own, and take their place by one rename.
 * What was there before stays until then.
 * @param {import('./engineLock.mjs').LockedCuda} locked
 * @param {string} folder
 * @param {(folders: string[]) => Promise<void>} prove  throws where the libraries do not load
 * @returns {CudaRuntime}
 */
export const cudaRuntime = (
  { wheels, version, unpackedBytes },
  folder,
  prove = (folders) => proveCuda(bindingFolder(), folders, version),
) => {
  const home = path.dirname(folder)
  const downloads = path.join(home, '.cuda-download')
  const work = path.join(home, '.cuda-unpacking')
  const placeOf = (/** @type {{ file: string }} */ { file }) => path.join(downloads, file.replace(/\.whl$/, ''))
  const total = wheels.reduce((sum, { bytes }) => sum + bytes, 0)
  // By size only, which costs nothing: fetchWheel holds each to its SHA-256.
  const isHere = (/** @type {import('./engineLock.mjs').LockedWheel} */ wheel) =>
    statSync(path.join(placeOf(wheel), wheel.file), { throwIfNoEntry: false })?.size === wheel.bytes
  const left = () => wheels.reduce((sum, wheel) => (isHere(wheel) ? sum : sum + wheel.bytes), 0)

  const expectRoom = async () => {
    mkdirSync(home, { recursive: true })
    const { bavail, bsize } = await statfs(home)
    const needed = left() + unpackedBytes
    if (bavail * bsize >= needed) return
    const [wanted, free] = [needed, bavail * bsize].map((bytes) => (bytes / 1e9).toFixed(1))
    throw new SetupProblem(
      `The disk that holds this folder has too little room: ${wanted} GB are needed, ${free} GB are free.`,
      'Make room, then start again. What has been fetched is kept.',
    )
  }

  return {
    isDone: () => holds(folder, wheels),
    size: () => ({ files: wheels.length, bytes: total, left: left(), unpacked: unpackedBytes }),
    run: async (tell) => {
      const python = await findPython()
      await expectRoom()
      /** @type {string[]} */
      const files = []
      let fetched = 0
      for (const wheel of wheels) {
        say(`File ${files.length + 1} of ${wheels.length}: ${wheel.package} ${wheel.version}, ${Math.round(wheel.bytes / 1e6)} MB.`)
        const before = fetched
        files.push(
          await fetchWheel(python, wheel, placeOf(wheel), (bytes) =>
            tell({ stage: 'Fetching TensorFlow for NVIDIA GPUs', done: before + bytes, total }),
          ),
        )
        fetched += wheel.bytes
      }
      rmSync(work, { recursive: true, force: true })
      say('Unpacking.')
      for (const [index, wheel] of wheels.entries()) {
        tell({ stage: 'Unpacking', done: index, total: wheels.length })
        await unpackInto(python, files[index] ?? '', wheel, work)
      }
      tell({ stage: 'Proving that it loads', done: wheels.length, total: wheels.length })
      const libraries = libraryFolders(work)
      try {
        await prove(libraries.map((name) => path.join(work, name)))
      } catch (problem) {
        rmSync(work, { recursive: true, force: true })
        throw problem
      }
      writeFileSync(
        path.join(work, 'installed.json'),
        `${JSON.stringify({ libraries, sha256: wheels.map(({ sha256 }) => sha256) }, undefined, 2)}\n`,
      )
      const former = path.join(home, '.cuda-former')
      rmSync(former, { recursive: true, force: true })
      if (existsSync(folder)) renameSync(folder, former)
      renameSync(work, folder)
      for (const done of [former, downloads]) rmSync(done, { recursive: true, force: true })
    },
  }
}
