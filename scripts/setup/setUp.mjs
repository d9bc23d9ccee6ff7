import { app } from './app.mjs'
import { chromium } from './chromium.mjs'
import { engineRuntime } from './engineRuntime.mjs'
import { oneAtATime } from './oneAtATime.mjs'
import { packages } from './packages.mjs'
import { inProject } from './paths.mjs'
import { pythonPackages } from './pythonPackages.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'

/** @typedef {import('./step.mjs').Step} Step */

/** @typedef {'start' | 'cli' | 'engine' | 'test'} Purpose */

/** What each purpose needs, in order: every step relies on those before it. */
const stepsFor = {
  engine: [packages, engineRuntime],
  cli: [packages, engineRuntime, app],
  start: [packages, engineRuntime, app],
  test: [packages, engineRuntime, app, chromium, pythonPackages],
}

/** @param {SetupProblem} problem */
export const sayProblem = (problem) => say(`\n${problem.message}\n${problem.remedy}\n`)

/**
 * What follows where a step cannot be done. Without packages nothing goes on. The engine is only slower without its runtime, so whoever starts the workbench
 * may go on; the tests are to hold it to its numbers, so they report it, and go on with what they can.
 * @param {Step} step
 * @param {Purpose} purpose
 */
const goesOnWithout = (step, purpose) => (purpose === 'test' ? step !== packages : step === engineRuntime && purpose !== 'engine')

/**
 * Has everything in place that a purpose needs. Does nothing, in milliseconds, where it is there already.
 * @param {Purpose} purpose
 * @returns {Promise<SetupProblem[]>} what could not be had, and was said, but does not keep the purpose from going on
 * @throws {SetupProblem} for what does
 */
export const setUp = async (purpose) => {
  const steps = stepsFor[purpose]
  if (steps.every((step) => step.isDone())) return []
  return oneAtATime(inProject('runtime', '.setting-up'), async () => {
    /** @type {SetupProblem[]} */
    const problems = []
    for (const step of steps) {
      if (step.isDone()) continue
      try {
        await step.run()
      } catch (problem) {
        if (!(problem instanceof SetupProblem) || !goesOnWithout(step, purpose)) throw problem
        sayProblem(problem)
        if (step === engineRuntime && purpose !== 'test') say('The workbench goes on with WebAssembly: right, but slow.\n')
        problems.push(problem)
      }
    }
    return problems
  })
}

/**
 * Runs a script's main part: a problem of the set-up ends it with its words and code 1.
 * @param {() => Promise<number | void>} main  gives the exit code
 */
export const runScript = async (main) => {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (problem) {
    if (!(problem instanceof SetupProblem)) throw problem
    sayProblem(problem)
    process.exitCode = 1
  }
}
