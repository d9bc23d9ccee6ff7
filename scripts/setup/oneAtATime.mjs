import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say } from './say.mjs'

const beat = 5_000
const silence = 4 * beat

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Whether an error says this of a file: that it is there already, or gone.
 * @param {unknown} error
 * @param {'EEXIST' | 'ENOENT'} code
 */
const says = (error, code) => error instanceof Error && 'code' in error && error.code === code

/**
 * Whether the process that took a lock has left it behind. A number alone would not do: after a restart of the machine it may be another's, so the holder touches the file.
 * @param {string} file
 */
const isLeftBehind = (file) => {
  try {
    const quiet = Date.now() - statSync(file).mtimeMs > silence
    const pid = Number(readFileSync(file, 'utf8'))
    // A file without a number was made in this moment by one who has not written yet.
    return quiet || (pid > 0 && !isAlive(pid))
  } catch (error) {
    // Given back between the two looks: there is nothing to remove.
    if (says(error, 'ENOENT')) return false
    throw error
  }
}

/** @param {string} file */
const touch = (file) => {
  try {
    utimesSync(file, new Date(), new Date())
  } catch (error) {
    // Removed by hand: the work goes on, and does not end by this.
    if (!says(error, 'ENOENT')) throw error
  }
}

/** @param {string} file */
const take = (file) => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (says(error, 'EEXIST')) return false
    throw error
  }
}

/**
 * Runs the work while no other process does the same for this lock file; waits for one that does. A holder that was killed holds nothing.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const oneAtATime = async (file, work) => {
  mkdirSync(path.dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    if (isLeftBehind(file)) rmSync(file, { force: true })
    else {
      if (!told) say('Another set-up of this folder is at work; waiting for it.')
      told = true
      await wait(300)
    }
  }
  const beating = setInterval(() => touch(file), beat)
  try {
    return await work()
  } finally {
    clearInterval(beating)
    rmSync(file, { force: true })
  }
}
