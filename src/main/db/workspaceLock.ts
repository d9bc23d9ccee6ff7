import Database from 'better-sqlite3'
import { join } from 'node:path'
import { hostname } from 'node:os'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'

export const LOCK_FILE = 'workbench.lock'

/** Who writes to a workspace, as told to whoever is refused. */
export interface LockHolder {
  readonly pid: number
  readonly host: string
  /** ISO 8601, UTC. */
  readonly since: string
}

/** Kept from the garbage collector, which would close the connection and so give the lock away. */
const held = new Set<Database.Database>()

/** A lock that is held. */
export interface WorkspaceLock {
  release(): void
}

/**
 * Makes this process the one writer of a workspace, or throws `conflict`, naming the process that is.
 *
 * The lock is the operating system's, taken by SQLite on a file of its own: it ends with the process however that ends, so
 * there is no stale lock to recognise, and a process id that is used again means nothing. RESERVED, the lock that a write
 * transaction holds, keeps out other writers only, so that they can still read who the holder is. (SQLite loses its locks
 * when the same process opens and closes the file by other means: nothing else may touch it.)
 */
export function lockWorkspace(folder: string, now: Date = new Date()): WorkspaceLock {
  let database: Database.Database
  try {
    database = new Database(join(folder, LOCK_FILE), { timeout: 0 })
  } catch (fault) {
    throw notWritable(folder, fault)
  }
  try {
    const holder: LockHolder = { pid: process.pid, host: hostname(), since: now.toISOString() }
    database.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since TEXT); DELETE FROM holder')
    database.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(holder.pid, holder.host, holder.since)
    database.exec('COMMIT; BEGIN IMMEDIATE')
  } catch (fault) {
    const refusal = isBusy(fault) ? inUse(folder, readHolder(database)) : notWritable(folder, fault)
    database.close()
    throw refusal
  }
  held.add(database)
  return {
    release: () => {
      if (!held.delete(database)) return
      try {
        database.exec('DELETE FROM holder; COMMIT')
      } finally {
        database.close()
      }
    },
  }
}

function isBusy(fault: unknown): boolean {
  return fault instanceof Database.SqliteError && fault.code.startsWith('SQLITE_BUSY')
}

function readHolder(database: Database.Database): LockHolder | undefined {
  try {
    return database.prepare<[], LockHolder>('SELECT pid, host, since FROM holder').get()
  } catch {
    // The holder is within the instant of writing its name: that it holds the lock is all we know.
    return undefined
  }
}

function notWritable(folder: string, fault: unknown): WorkbenchError {
  return new WorkbenchError(
    'unavailable',
    `The workspace ${folder} cannot be written to: ${reasonOf(fault)}.`,
    { hint: 'Choose another folder, or make this one writable.' },
    { cause: fault },
  )
}

function inUse(folder: string, holder: LockHolder | undefined): WorkbenchError {
  const who = holder ? ` (process ${holder.pid} on ${holder.host}, since ${holder.since})` : ''
  return new WorkbenchError('conflict', `The workspace ${folder} is open in another workbench${who}.`, {
    hint: 'Close that one, or open another workspace.',
  })
}
