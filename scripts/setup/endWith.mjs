const deadly = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const patience = 2000

/**
 * Takes a child along where this process is told to end, and ends only after it: an `npm ci` that goes on alone would write
 * under the feet of the next set-up.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} lets go of the child, once it has ended
 */
export const endWith = (child) => {
  /** @type {NodeJS.Signals | undefined} */
  let told
  /** @type {NodeJS.Timeout | undefined} */
  let overdue
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    if (told === undefined) overdue = setTimeout(() => child.kill('SIGKILL'), patience)
    told ??= signal
    child.kill('SIGTERM')
  }
  for (const signal of deadly) process.on(signal, end)
  return () => {
    clearTimeout(overdue)
    for (const signal of deadly) process.off(signal, end)
    // The last to let go leaves nobody who listens: the signal then does what it always does.
    if (told !== undefined) process.kill(process.pid, told)
  }
}
