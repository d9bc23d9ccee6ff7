/**
 * Says a line to the person at the terminal. It goes to standard error: standard output belongs to the command itself.
 * @param {string} line
 */
export const say = (line) => process.stderr.write(`${line}\n`)

/**
 * One line that is rewritten in place on a terminal; in a log it is written anew at most every ten seconds.
 * @returns {{ show: (line: string) => void, end: () => void }}
 */
export const progressLine = () => {
  const live = process.stderr.isTTY
  let lastShown = Date.now()
  return {
    show: (line) => {
      if (live) process.stderr.write(`\r\u001b[K${line}`)
      else if (Date.now() - lastShown >= 10_000) {
        say(line)
        lastShown = Date.now()
      }
    },
    end: () => {
      if (live) process.stderr.write('\r\u001b[K')
    },
  }
}
