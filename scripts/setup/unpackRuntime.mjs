import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastLines, runProcess } from './runProcess.mjs'
import { SetupProblem } from './setupProblem.mjs'
import { verifyWheel } from './verifyWheel.mjs'

const unpacker = fileURLToPath(new URL('unpackWheel.py', import.meta.url))

/**
 * Verifies a wheel and unpacks it to `folder`. The folder appears by one rename, when everything is in it: if it is there, it is whole.
 * @param {string} python
 * @param {string} file
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 * @param {string} folder
 * @throws {SetupProblem} where the file is not the locked one (then nothing is unpacked) or the disk is full
 */
export const unpackRuntime = async (python, file, wheel, folder) => {
  await verifyWheel(file, wheel)
  const work = path.join(path.dirname(folder), '.unpacking')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  const { code, output } = await runProcess(python, [unpacker, file, work])
  if (code !== 0) {
    rmSync(work, { recursive: true, force: true })
    throw new SetupProblem(
      `The engine's runtime could not be unpacked. Python said:\n${lastLines(output, 4)}`,
      'It takes about 0.9 GB on the disk that holds this folder. Make room, then start again.',
    )
  }
  writeFileSync(path.join(work, 'wheel.json'), `${JSON.stringify(wheel, undefined, 2)}\n`)
  renameSync(work, folder)
}
