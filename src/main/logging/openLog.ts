import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { destination, pino } from 'pino'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'
import type { Log } from './log.ts'

const LOG_FILE = 'workbench.log'
const LARGEST_BYTES = 5 * 2 ** 20
const KEPT = 4

/**
 * A log in a folder, as JSON a line. A log that has grown over five mebibytes is set aside as `workbench.1.log` when it is
 * opened next; four older ones are kept. A log that cannot be written any more, on a full disk, ends nothing.
 *
 * @throws WorkbenchError `unavailable` where the folder cannot be written to
 */
export function openLog(folder: string): Log {
  try {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, LOG_FILE)
    if (existsSync(file) && statSync(file).size > LARGEST_BYTES) setAside(folder)
    const lines = destination({ dest: file, sync: true })
    lines.on('error', () => {})
    return pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, lines)
  } catch (fault) {
    throw new WorkbenchError(
      'unavailable',
      `The workspace ${dirname(folder)} cannot be made or written to: ${reasonOf(fault)}.`,
      { hint: 'Choose another folder, or make this one writable.' },
      { cause: fault },
    )
  }
}

function setAside(folder: string): void {
  const nameOf = (age: number) => join(folder, age === 0 ? LOG_FILE : `workbench.${age}.log`)
  for (let age = KEPT - 1; age >= 0; age--) if (existsSync(nameOf(age))) renameSync(nameOf(age), nameOf(age + 1))
}
