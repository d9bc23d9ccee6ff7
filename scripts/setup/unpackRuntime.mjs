import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastLines, runProcess } from './runProcess.mjs'
import { SetupProblem } from './setupProblem.mjs'
import { verifyWheel } from './verifyWheel.mjs'

const unpacker = fileURLToPath(new URL('unpackWheel.py', import.meta.url))

/**
 * Verifies a wheel and adds what is kept of it to a folder.
 * @param {string} python
 * @param {string} file
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 * @param {string} folder
 * @throws {SetupProblem} where the file is not the locked one (then nothing is unpacked) or the disk is full (then the folder is removed)
 */
export const unpackInto = async (python, file, wheel, folder) => {
  await verifyWheel(file, wheel)
  mkdirSync(folder, { recursive: true })
  const { code, output } = await runProcess(python, [unpacker, file, folder])
  if (code === 0) return
  rmSync(folder, { recursive: true, force: true })
  throw new SetupProblem(
    `The engine's runtime could not be unpacked. Python said:\n${lastLines(output, 4)}`,
    'Make room on the disk that holds this folder, then start again. TensorFlow takes 0.9 GB there; with CUDA it takes 5 GB.',
  )
}

/**
 * Verifies a wheel and unpacks it to `folder`. The folder appears by one rename, when everything is in it: if it is there, it is whole.
 * @param {string} python
 * @param {string} file
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 * @param {string} folder
 * @throws {SetupProblem} where the file is not the locked one (then nothing is unpacked) or the disk is full
 */
export const unpackRuntime = async (python, file, wheel, folder) => {
  const work = path.join(path.dirname(folder), '.unpacking')
  rmSync(work, { recursive: true, force: true })
  await unpackInto(python, file, wheel, work)
  writeFileSync(path.join(work, 'wheel.json'), `${JSON.stringify(wheel, undefined, 2)}\n`)
  renameSync(work, folder)
}
