import { execFile } from 'node:child_process'

const LONGEST = 10_000

/** What a system's own command prints; null where there is no such command, or it fails. */
export type RunCommand = (command: string, args: readonly string[]) => Promise<string | null>

export const runCommand: RunCommand = (command, args) =>
  new Promise((resolve) => {
    execFile(command, args, { timeout: LONGEST, windowsHide: true, encoding: 'utf8' }, (fault, output) => resolve(fault ? null : output))
  })
