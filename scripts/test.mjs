import './requireNode20.mjs'
import { say } from './setup/say.mjs'
import { runScript, sayProblem, setUp } from './setup/setUp.mjs'
import { SetupProblem } from './setup/setupProblem.mjs'
import { countLine, countsOfCheck, exitCodeOf, stageLine, sumOf } from './test/counts.mjs'
import { runChecks, runSuite } from './test/runStages.mjs'
import { checks, suites } from './test/stages.mjs'

/** @typedef {import('./test/counts.mjs').Counts} Counts */

/**
 * `npm test [-- STAGE…]`: sets everything up and runs every check and test, each stage even where an earlier one failed.
 * The last line is the count; a part of the set-up that could not be had counts as a failure.
 */
await runScript(async () => {
  const asked = process.argv.slice(2)
  const known = [...checks, ...suites].map(({ name }) => name)
  const unknown = asked.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    say(`There is no stage ${unknown.join(', ')}; the stages are ${known.join(', ')}.`)
    return 2
  }
  const chosen = asked.length > 0 ? asked : known

  const since = performance.now()
  const elapsed = () => `${((performance.now() - since) / 1000).toFixed(1)} s`
  const interruption = new AbortController()
  process.once('SIGINT', () => interruption.abort())

  /** @type {Counts[]} */
  const counts = []
  try {
    counts.push(...(await setUp('test')).map(() => countsOfCheck(1)))
    process.stdout.write(`set-up: ${elapsed()}\n`)
    counts.push(...(await runChecks(checks.filter(({ name }) => chosen.includes(name)))))
    for (const suite of suites) if (!interruption.signal.aborted && chosen.includes(suite.name)) counts.push(await runSuite(suite))
  } catch (problem) {
    if (!(problem instanceof SetupProblem)) throw problem
    sayProblem(problem)
    counts.push(countsOfCheck(1))
  }
  if (interruption.signal.aborted) return 130

  const sum = sumOf(counts)
  process.stdout.write(`\nall stages: ${stageLine(sum)} (${elapsed()})\n${countLine(sum)}\n`)
  return exitCodeOf(sum)
})
