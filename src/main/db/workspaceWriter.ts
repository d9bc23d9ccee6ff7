import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { LOCK_FILE, type LockHolder } from './workspaceLock.ts'

/**
 * Whether a process that lives has a workspace open for writing, as told by the name that the lock's holder leaves in it.
 * It takes no lock itself, so that looking never keeps anybody from opening the workspace. A holder on another machine is
 * taken to live.
 */
export function hasWriter(folder: string): boolean {
  const file = join(folder, LOCK_FILE)
  if (!existsSync(file)) return false
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true })
    const holder = database.prepare<[], LockHolder>('SELECT pid, host, since FROM holder').get()
    return holder !== undefined && (holder.host !== hostname() || lives(holder.pid))
  } catch {
    // Being written at this very moment, or not readable: somebody may be there.
    return true
  } finally {
    database?.close()
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}
