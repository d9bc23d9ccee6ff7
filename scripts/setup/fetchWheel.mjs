import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { lastLines, runProcess } from './runProcess.mjs'
import { progressLine } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'
import { verifyWheel } from './verifyWheel.mjs'

/** @param {number} bytes */
const megabytes = (bytes) => Math.round(bytes / 1e6)

/** @param {string} folder */
const bytesIn = (folder) => {
  let bytes = 0
  // pip moves its files while we look: what is gone by then counts nothing.
  for (const name of readdirSync(folder, { recursive: true })) {
    const found = statSync(path.join(folder, String(name)), { throwIfNoEntry: false })
    if (found?.isFile()) bytes += found.size
  }
  return bytes
}

/**
 * @param {string} python
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 * @param {string} folder
 * @param {(bytes: number) => void} tell
 */
const pipDownload = async (python, wheel, folder, tell) => {
  const progress = progressLine()
  const watch = setInterval(() => {
    const bytes = Math.min(bytesIn(folder), wheel.bytes)
    tell(bytes)
    progress.show(`Fetching the engine's runtime: ${megabytes(bytes)} of ${megabytes(wheel.bytes)} MB`)
  }, 500)
  const manner = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--retries', '2', '-d', folder]
  const what = [
    '--no-deps',
    '--only-binary=:all:',
    '--python-version',
    wheel.python,
    '--platform',
    wheel.platform,
    `${wheel.package}==${wheel.version}`,
  ]
  try {
    // pip keeps its half-done file under TMPDIR: there it can be counted, and is cleared away if this is cut short.
    return await runProcess(python, ['-m', 'pip', 'download', ...manner, ...what], {
      env: { ...process.env, TMPDIR: folder, PIP_REQUIRE_VIRTUALENV: '0' },
    })
  } finally {
    clearInterval(watch)
    progress.end()
  }
}

/**
 * Has the locked wheel in `folder`, verified, and returns its path. A whole one from an earlier, interrupted set-up is used again.
 * @param {string} python  a Python with pip
 * @param {import('./engineLock.mjs').LockedWheel} wheel
 * @param {string} folder
 * @param {(bytes: number) => void} [tell]  hears now and then how many bytes are here
 * @throws {SetupProblem} where the index cannot be reached or the file is not the locked one
 */
export const fetchWheel = async (python, wheel, folder, tell = () => {}) => {
  const file = path.join(folder, wheel.file)
  const whole =
    existsSync(file) &&
    (await verifyWheel(file, wheel).then(
      () => true,
      () => false,
    ))
  if (whole) return file
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { code, output } = await pipDownload(python, wheel, folder, tell)
  if (code !== 0 || !existsSync(file)) {
    throw new SetupProblem(
      `pip could not fetch ${wheel.package} ${wheel.version}. It said:\n${lastLines(output)}`,
      'Look at the network, the room on the disk and the package index that pip is set to use, then start again.',
    )
  }
  await verifyWheel(file, wheel).catch((/** @type {unknown} */ problem) => {
    rmSync(folder, { recursive: true, force: true })
    throw problem
  })
  return file
}
