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
 * The process that holds a lock; undefined where it is gone. A number alone would not do: after a restart of the machine it may be another's, so the holder touches the file.
 * @param {string} file
 */
const holderOf = (file) => {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  const pid = Number(readFileSync(file, 'utf8'))
  // A file without a number was made in this moment by one who has not written yet.
  const quiet = Date.now() - found.mtimeMs > silence
  return quiet || (pid > 0 && !isAlive(pid)) ? undefined : pid
}

/** @param {string} file */
const take = (file) => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
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
    if (holderOf(file) === undefined) rmSync(file, { force: true })
    else {
      if (!told) say('Another set-up of this folder is at work; waiting for it.')
      told = true
      await wait(300)
    }
  }
  const touch = setInterval(() => utimesSync(file, new Date(), new Date()), beat)
  try {
    return await work()
  } finally {
    clearInterval(touch)
    rmSync(file, { force: true })
  }
}
