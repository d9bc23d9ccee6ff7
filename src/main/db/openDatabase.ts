import Database from 'better-sqlite3'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { Connection, type ReadableDatabase, type WritableDatabase } from './database.ts'
import { copyBeforeUpgrade, latestVersion, migrate, migrations, userVersion, type Migration } from './migrate.ts'
import { lockWorkspace } from './workspaceLock.ts'

export const DATABASE_FILE = 'workbench.db'

/** In the header of every workspace database, so that another program's database is told from an empty one: `EnhW`. */
const APPLICATION_ID = 0x45_6e_68_57
const BUSY_MILLISECONDS = 5_000

/**
 * Opens the database of a workspace for writing, making folder and database where there is none, and holds the workspace's
 * lock until it is closed. An earlier version is copied to `backups/`, then upgraded.
 *
 * @throws WorkbenchError `conflict` where another process writes; `unavailable` where the file is no workspace database or a
 *   newer version's, which is then left as it was, byte for byte.
 */
export function openDatabase(folder: string, steps: readonly Migration[] = migrations): WritableDatabase {
  const file = join(resolve(folder), DATABASE_FILE)
  makeFolder(folder)
  const lock = lockWorkspace(resolve(folder))
  let raw: Database.Database | undefined
  try {
    if (existsSync(file)) refuseUnfit(file, steps)
    raw = new Database(file, { timeout: BUSY_MILLISECONDS })
    const isNew = userVersion(raw) === 0
    if (isNew) raw.pragma(`application_id = ${APPLICATION_ID}`)
    raw.pragma('journal_mode = WAL')
    raw.pragma('synchronous = NORMAL')
    raw.pragma('foreign_keys = ON')
    if (!isNew && userVersion(raw) < latestVersion(steps)) copyBeforeUpgrade(raw, file)
    migrate(raw, steps)
    return new Connection(raw, () => lock.release())
  } catch (fault) {
    raw?.close()
    lock.release()
    throw inWords(fault, file)
  }
}

/**
 * Opens the database of a workspace for reading alone: beside the process that writes, and from a medium that cannot be
 * written to. It takes no lock and upgrades nothing.
 *
 * @throws WorkbenchError `not-found` where the folder is no workspace; `unavailable` where its database is of another version.
 */
export function openDatabaseForReading(folder: string, steps: readonly Migration[] = migrations): ReadableDatabase {
  const file = join(resolve(folder), DATABASE_FILE)
  if (!existsSync(file)) {
    throw new WorkbenchError('not-found', `There is no workspace in ${folder}.`, { hint: 'Name the folder that holds workbench.db.' })
  }
  let raw: Database.Database | undefined
  try {
    raw = connectReadOnly(file)
    refuseVersion(raw.pragma('application_id', { simple: true }) as number, userVersion(raw), file, steps)
    if (userVersion(raw) < latestVersion(steps)) {
      throw new WorkbenchError('unavailable', `The workspace ${folder} was made by an earlier version of the workbench.`, {
        hint: 'Run the command migrate, or open it once in the workbench: it is then copied and upgraded.',
      })
    }
    return new Connection(raw)
  } catch (fault) {
    raw?.close()
    throw inWords(fault, file)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (fault) {
    throw new WorkbenchError('unavailable', `The folder ${folder} cannot be made: ${reasonOf(fault)}.`, {
      hint: 'Choose another folder.',
    })
  }
}

/**
 * Reads what decides whether the file may be opened at all, without SQLite where that is enough: merely opening a WAL
 * database writes to its folder.
 */
function refuseUnfit(file: string, steps: readonly Migration[]): void {
  const header = Buffer.alloc(100)
  const handle = openSync(file, 'r')
  const read = readSync(handle, header, 0, header.length, 0)
  closeSync(handle)
  if (read === 0) return
  if (read < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw notAWorkspace(file)
  refuseVersion(header.readInt32BE(68), header.readUInt32BE(60), file, steps)
  if (!existsSync(`${file}-wal`)) return
  // A crash may have left an upgrade in the write-ahead log that the header does not show yet.
  const peek = new Database(file, { readonly: true })
  try {
    refuseVersion(peek.pragma('application_id', { simple: true }) as number, userVersion(peek), file, steps)
  } finally {
    peek.close()
  }
}

function refuseVersion(applicationId: number, version: number, file: string, steps: readonly Migration[]): void {
  if (applicationId !== APPLICATION_ID) throw notAWorkspace(file)
  if (version > latestVersion(steps)) {
    throw new WorkbenchError(
      'unavailable',
      `${file} was made by a newer version of the workbench (its data has version ${version}, this workbench reads up to ${latestVersion(steps)}). Nothing was changed.`,
      { file: DATABASE_FILE, hint: 'Install the newest version of the workbench, or open another workspace.' },
    )
  }
}

function connectReadOnly(file: string): Database.Database {
  try {
    const connection = new Database(file, { readonly: true, timeout: BUSY_MILLISECONDS })
    try {
      userVersion(connection)
      return connection
    } catch (fault) {
      connection.close()
      throw fault
    }
  } catch (fault) {
    if (!(fault instanceof Database.SqliteError) || !/^SQLITE_(CANTOPEN|READONLY)/.test(fault.code)) throw fault
    return connectToImage(file)
  }
}

/**
 * Where SQLite cannot make the shared-memory file that WAL needs, nobody can be writing either: the file is read into memory,
 * its header's two journal-mode bytes set from WAL to the mode that memory knows.
 */
function connectToImage(file: string): Database.Database {
  if (existsSync(`${file}-wal`)) {
    throw new WorkbenchError('unavailable', `${file} was not closed properly and its folder cannot be written to.`, {
      file: DATABASE_FILE,
      hint: 'Copy the whole folder to where it can be written to, and open the copy.',
    })
  }
  const image = readFileSync(file)
  image.fill(1, 18, 20)
  return new Database(image, { readonly: true })
}

function notAWorkspace(file: string): WorkbenchError {
  return new WorkbenchError('unavailable', `${file} is not a workspace of the workbench. Nothing was changed.`, {
    file: DATABASE_FILE,
    hint: 'Choose another folder, or move that file away.',
  })
}

function inWords(fault: unknown, file: string): unknown {
  if (!(fault instanceof Database.SqliteError)) return fault
  if (fault.code === 'SQLITE_NOTADB') return notAWorkspace(file)
  const damaged = fault.code.startsWith('SQLITE_CORRUPT')
  return new WorkbenchError(
    'unavailable',
    damaged ? `${file} is damaged and cannot be read.` : `${file} cannot be opened: ${reasonOf(fault)}.`,
    { file: DATABASE_FILE, hint: damaged ? 'Go back to a copy of the workspace; backups/ may hold one.' : 'Choose another folder.' },
    { cause: fault },
  )
}
