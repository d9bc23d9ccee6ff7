import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { findPython } from './findPython.mjs'
import { inProject } from './paths.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'

/** What docs/read_model.py needs. NumPy's newest for the Python that is there; the other has a version for all of them. */
const packages = ['numpy', 'safetensors']
/** Where a test finds them; nothing is installed into the Python itself. */
const folder = inProject('runtime', 'python-packages')

/**
 * Python's own reader of model files, with which a test reads what the workbench wrote. Where it cannot be had the tests say that
 * they skip what needs it: it is no part of the workbench.
 * @type {import('./step.mjs').Step}
 */
export const pythonPackages = {
  isDone: () => existsSync(folder),

  run: async () => {
    const unfinished = `${folder}.part`
    try {
      const python = await findPython()
      say('Fetching Python’s reader of model files, 17 MB, once.')
      rmSync(unfinished, { recursive: true, force: true })
      mkdirSync(unfinished, { recursive: true })
      const manner = [
        '--disable-pip-version-check',
        '--no-input',
        '--progress-bar',
        'off',
        '--retries',
        '1',
        '--no-deps',
        '--only-binary=:all:',
      ]
      const { code, output } = await runProcess(python, ['-m', 'pip', 'install', '--target', unfinished, ...manner, ...packages], {
        env: { ...process.env, PIP_REQUIRE_VIRTUALENV: '0', PIP_USER: '0', PIP_ROOT_USER_ACTION: 'ignore' },
      })
      if (code !== 0) throw new SetupProblem(`pip could not fetch ${packages.join(' and ')}. It said:\n${lastLines(output, 4)}`, '')
      renameSync(unfinished, folder)
    } catch (problem) {
      if (!(problem instanceof SetupProblem)) throw problem
      rmSync(unfinished, { recursive: true, force: true })
      say(`${problem.message}\nThe tests go on, and skip those that read a model in Python.\n`)
    }
  },
}
