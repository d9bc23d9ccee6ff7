const deadly = /** @type {const} */ (['SIGTERM', 'SIGHUP'])

/**
 * Takes a child along where this process is told to end: an `npm ci` that goes on alone would write under the feet of the next set-up.
 * Ctrl-C needs none of this: the terminal sends it to both.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} lets go of the child, once it has ended
 */
export const endWith = (child) => {
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    child.kill(signal)
    letGo()
    // The last to let go leaves nobody who listens: the signal then does what it always does.
    process.kill(process.pid, signal)
  }
  const letGo = () => {
    for (const signal of deadly) process.off(signal, end)
  }
  for (const signal of deadly) process.on(signal, end)
  return letGo
}
