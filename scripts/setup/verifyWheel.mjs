import { statSync } from 'node:fs'
import path from 'node:path'
import { sha256OfFile } from './sha256.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * Holds a downloaded wheel to the lock file: its size first, since that costs nothing, then its SHA-256.
 * @param {string} file
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 * @throws {SetupProblem} where a byte differs; nothing of such a file may be unpacked
 */
export const verifyWheel = async (file, wheel) => {
  const { size } = statSync(file)
  const found = size === wheel.bytes ? await sha256OfFile(file) : undefined
  if (found === wheel.sha256) return
  const difference =
    found === undefined ? `It has ${size} bytes instead of ${wheel.bytes}.` : `Its SHA-256 is ${found} instead of ${wheel.sha256}.`
  throw new SetupProblem(
    `${path.basename(file)} is not the file that engine-runtime.lock.json names. ${difference}`,
    'The download was cut short or altered on its way. Start again; if it stays so, look at the package index that pip is set to use.',
  )
}
