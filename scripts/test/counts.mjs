/**
 * How many tests of a stage passed, failed and were skipped. A static check counts as one test.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @type {Counts} */
const none = { passed: 0, failed: 0, skipped: 0 }

/**
 * A stage that ended badly has failed, even if no single test of it did: a file that could not be loaded, a worker that died, no tests at all.
 * @param {Counts} counts
 * @param {boolean} endedWell
 * @returns {Counts}
 */
const heldTo = (counts, endedWell) => {
  const sound = endedWell && counts.passed + counts.failed > 0
  return sound || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/**
 * @param {number} code  the check's exit code
 * @returns {Counts}
 */
export const countsOfCheck = (code) => (code === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 })

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: unknown[] }[] } | undefined} report
 *   Vitest's JSON report; undefined where it wrote none
 * @param {number} code
 * @returns {Counts}
 */
export const countsOfVitest = (report, code) => {
  if (report === undefined) return heldTo(none, false)
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  return heldTo(counts, code === 0)
}

/**
 * A test that failed and then passed counts as failed: it is a defect of the same rank as a wrong number.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] } | undefined} report
 *   Playwright's JSON report; undefined where it wrote none
 * @param {number} code
 * @returns {Counts}
 */
export const countsOfPlaywright = (report, code) => {
  if (report === undefined) return heldTo(none, false)
  const { expected, unexpected, flaky, skipped } = report.stats
  return heldTo({ passed: expected, failed: unexpected + flaky + report.errors.length, skipped }, code === 0)
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export const sumOf = (all) =>
  all.reduce(
    (sum, { passed, failed, skipped }) => ({ passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped }),
    none,
  )

/**
 * The line that a run of the tests ends with: always these two numbers and nothing else.
 * @param {Counts} counts
 */
export const countLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`

/**
 * A stage's counts, with what was skipped where something was.
 * @param {Counts} counts
 */
export const stageLine = (counts) => `${countLine(counts)}${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`

/**
 * The exit code of a run: 0 only where something was tested and nothing failed.
 * @param {Counts} counts
 */
export const exitCodeOf = ({ passed, failed }) => (passed > 0 && failed === 0 ? 0 : 1)
