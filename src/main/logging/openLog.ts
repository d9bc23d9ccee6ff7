import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino } from 'pino'
import type { Log } from './log.ts'

const LOG_FILE = 'workbench.log'
const LARGEST_BYTES = 5 * 2 ** 20
const KEPT = 4

/**
 * A log in a folder, as JSON a line. A log that has grown over five mebibytes is set aside as `workbench.1.log` when it is
 * opened next; four older ones are kept.
 */
export function openLog(folder: string): Log {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, LOG_FILE)
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) setAside(folder)
  return pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination({ dest: file, sync: true }))
}

function setAside(folder: string): void {
  const nameOf = (age: number) => join(folder, age === 0 ? LOG_FILE : `workbench.${age}.log`)
  for (let age = KEPT - 1; age >= 0; age--) if (existsSync(nameOf(age))) renameSync(nameOf(age), nameOf(age + 1))
}
