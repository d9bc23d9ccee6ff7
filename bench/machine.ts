import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What was measured on, without a name by which it could be found. */
export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  }
}

/** How many processes wanted a core in the last minute, on average; 0 on Windows, which does not tell. */
export function load(): number {
  return loadavg()[0]!
}
