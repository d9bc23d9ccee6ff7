import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** Whoever started this: npm, where it has a script running. Asked at once, since it may be gone by the time that the set-up is done. */
const parent = process.ppid

const handedOn = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * npm that is told to end does not hand that on to what it runs; its end is all that can be seen from here. Run without npm, a process may well outlive its parent.
 * @param {() => void} onEnd
 */
const watchNpm = (onEnd) => {
  if (!process.env['npm_lifecycle_event']) return undefined
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onEnd()
  }, 500)
  return watch
}

/**
 * Runs a program in this one's place: it has the terminal, and this process waits for its end. Ctrl-C reaches it from the terminal;
 * a signal sent to this process alone is handed on.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + the signal's number where a signal ended it
 */
export const runInForeground = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' })
    /** @param {NodeJS.Signals} signal */
    const handOn = (signal) => {
      // On a terminal Ctrl-C goes to the whole foreground group: handing it on would make it two.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of handedOn) process.on(signal, handOn)
    const watch = watchNpm(() => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      for (const each of handedOn) process.off(each, handOn)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
