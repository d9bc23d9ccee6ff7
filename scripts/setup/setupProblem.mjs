/**
 * Something the set-up cannot mend by itself: said in words, with what to do about it.
 * Every other error is a mistake in the set-up and keeps its stack trace.
 */
export class SetupProblem extends Error {
  /**
   * @param {string} message  what is wrong
   * @param {string} remedy  what the reader can do about it
   */
  constructor(message, remedy) {
    super(message)
    this.name = 'SetupProblem'
    this.remedy = remedy
  }
}

/**
 * Waits for all findings, and says at once all that is wrong with them.
 * @template {unknown[]} Findings
 * @param {Findings} findings  promises, or values that are there already
 * @returns {Promise<{ -readonly [I in keyof Findings]: Awaited<Findings[I]> }>}
 */
export const joinProblems = async (...findings) => {
  const settled = await Promise.allSettled(findings)
  const problems = settled
    .map((result) => (result.status === 'rejected' ? /** @type {unknown} */ (result.reason) : undefined))
    .filter((reason) => reason instanceof SetupProblem)
  if (problems.length > 0)
    throw new SetupProblem(problems.map(({ message }) => message).join(' '), problems.map(({ remedy }) => remedy).join('\n'))
  return Promise.all(findings)
}
