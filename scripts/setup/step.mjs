/**
 * One step of the set-up. `isDone` answers within milliseconds. `run` may be killed at any moment and run again: what it makes appears whole, by a rename, or not at all.
 * It throws a SetupProblem for what it cannot mend.
 * @typedef {{ isDone: () => boolean, run: () => void | Promise<void> }} Step
 */
export {}
