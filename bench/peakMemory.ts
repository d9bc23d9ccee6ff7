import { readFileSync } from 'node:fs'

/** The most memory that a living process has had resident so far, in MiB; null where the system does not tell (all but Linux). */
export function peakMemory(pid: number): number | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return peak === undefined ? null : Number(peak) / 1024
  } catch {
    return null
  }
}
