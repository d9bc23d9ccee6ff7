import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { node24, withNode24 } from '../setup/node24.mjs'
import { inProject } from '../setup/paths.mjs'
import { runInForeground } from '../setup/runInForeground.mjs'
import { runProcess } from '../setup/runProcess.mjs'
import { countsOfCheck, stageLine } from './counts.mjs'

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {import('./stages.mjs').Stage} Stage */

/**
 * @param {Stage} stage
 * @param {number} since
 * @param {Counts} counts
 */
const announce = (stage, since, counts) => {
  process.stdout.write(`${stage.name}: ${stageLine(counts)} (${((performance.now() - since) / 1000).toFixed(1)} s)\n`)
  return counts
}

/**
 * Runs a check and prints what it said only where it failed.
 * @param {Stage} stage
 */
const runCheck = async (stage) => {
  const since = performance.now()
  const { code, output } = await runProcess(node24(), [stage.script, ...stage.args], { cwd: inProject(), env: withNode24() })
  if (code !== 0) process.stdout.write(`\n${output.trimEnd()}\n`)
  return announce(stage, since, countsOfCheck(code))
}

/**
 * Runs the checks side by side, as many at a time as there are cores.
 * @param {Stage[]} stages
 */
export const runChecks = async (stages) => {
  const waiting = [...stages]
  /** @type {Counts[]} */
  const done = []
  const worker = async () => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) done.push(await runCheck(stage))
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker))
  return done
}

/**
 * A suite's report; undefined where it was cut short before it wrote a whole one.
 * @param {string} file
 * @returns {unknown}
 */
const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Runs a suite with its own output in view, and counts from its report.
 * @param {import('./stages.mjs').Suite} suite
 */
export const runSuite = async (suite) => {
  const since = performance.now()
  const folder = mkdtempSync(path.join(tmpdir(), 'enhancer-workbench-test-'))
  const report = path.join(folder, 'report.json')
  try {
    const { args, env } = suite.reportTo(report)
    const code = await runInForeground(node24(), [suite.script, ...suite.args, ...args], {
      cwd: inProject(),
      env: { ...withNode24(), ...env },
    })
    return announce(suite, since, suite.count(readReport(report), code))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
