import { runProcess } from './runProcess.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * A Python that has pip. It only fetches and unpacks one file; nothing is installed into it, so any Python 3 will do.
 * @throws {SetupProblem} naming what is missing and how to install it
 */
export const findPython = async () => {
  let withoutPip
  for (const python of ['python3', 'python', '/usr/bin/python3']) {
    const { code, output } = await runProcess(python, ['-m', 'pip', '--version'])
    if (code === 0 && output.includes('python 3')) return python
    if (code !== 127) withoutPip ??= python
  }
  throw withoutPip === undefined
    ? new SetupProblem(
        'Python is missing.',
        'Install Python 3 with pip (Debian, Ubuntu: apt-get install python3 python3-pip; macOS: xcode-select --install).',
      )
    : new SetupProblem(
        'Python has no pip.',
        `Install it (Debian, Ubuntu: apt-get install python3-pip; elsewhere: ${withoutPip} -m ensurepip --user).`,
      )
}
