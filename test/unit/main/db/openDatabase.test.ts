import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import { migrations, type Migration } from '../../../../src/main/db/migrate.ts'
import { openDatabase, openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readSetting, writeSetting } from '../../../../src/main/db/settings.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const next: Migration = {
  version: migrations.length + 1,
  sql: 'CREATE TABLE added (x INTEGER) STRICT; UPDATE settings SET value = upper(value)',
}
const later = [...migrations, next]

describe('openDatabase', () => {
  it('makes folder and database, and finds what was written when it opens them again', () => {
    const folder = join(temporaryFolder(), 'made', 'here')
    const first = openDatabase(folder)
    writeSetting(first, 'theme', 'dark')
    first.close()
    const second = openDatabase(folder)
    expect(readSetting(second, 'theme')).toBe('dark')
    second.close()
    expect(readdirSync(folder).sort()).toEqual(['workbench.db', 'workbench.lock'])
  })

  it('holds foreign keys, and keeps the whole of a transaction or nothing', () => {
    const database = openDatabase(temporaryFolder())
    expect(() => database.prepare('INSERT INTO experiments (dataset, split, created_at) VALUES (7, 7, ?)').run('x')).toThrow(/FOREIGN KEY/)
    expect(() =>
      database.transaction(() => {
        writeSetting(database, 'theme', 'dark')
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(readSetting(database, 'theme')).toBeUndefined()
    database.close()
  })

  it('copies a workspace of the version before, then upgrades it', () => {
    const folder = temporaryFolder()
    const earlier = openDatabase(folder)
    writeSetting(earlier, 'theme', 'dark')
    earlier.close()

    const upgraded = openDatabase(folder, later)
    expect(readSetting(upgraded, 'theme')).toBe('DARK')
    upgraded.close()

    const restored = temporaryFolder()
    cpSync(join(folder, 'backups', `workbench-version-${migrations.length}.db`), join(restored, 'workbench.db'))
    const copy = openDatabase(restored)
    expect(readSetting(copy, 'theme')).toBe('dark')
    copy.close()
  })

  it('keeps the version before when a step fails, and copies what only the write-ahead log holds', () => {
    const folder = temporaryFolder()
    openDatabase(folder).close()
    const file = join(folder, 'workbench.db')
    const crashed = new Database(file)
    crashed.exec("INSERT INTO settings VALUES ('theme', 'dark')")
    const crash = temporaryFolder()
    cpSync(folder, crash, { recursive: true })
    crashed.close()
    expect(existsSync(join(crash, 'workbench.db-wal'))).toBe(true)

    const failing = [...migrations, { version: next.version, sql: 'CREATE TABLE added (x INTEGER); SELECT nonsense' }]
    expect(() => openDatabase(crash, failing)).toThrow(/nonsense/)
    const copy = new Database(join(crash, 'backups', `workbench-version-${migrations.length}.db`), { readonly: true })
    expect(copy.prepare('SELECT value FROM settings').pluck().all()).toEqual(['dark'])
    copy.close()
    const kept = openDatabase(crash)
    expect(readSetting(kept, 'theme')).toBe('dark')
    expect(kept.prepare("SELECT name FROM sqlite_schema WHERE name = 'added'").all()).toEqual([])
    kept.close()
  })

  it('refuses a step that leaves rows that refer to nothing', () => {
    const folder = temporaryFolder()
    openDatabase(folder).close()
    const dangling = { version: next.version, sql: "INSERT INTO experiments (dataset, split, created_at) VALUES (7, 7, 'x')" }
    expect(() => openDatabase(folder, [...migrations, dangling])).toThrow(/refer to nothing/)
  })

  it('refuses a newer version in words and leaves it byte for byte', () => {
    const folder = temporaryFolder()
    openDatabase(folder, later).close()
    const before = digests(folder)
    for (const open of [openDatabase, openDatabaseForReading]) {
      const refusal = refusalOf(() => open(folder))
      expect(refusal.code).toBe('unavailable')
      expect(refusal.message).toContain('newer version')
    }
    expect(digests(folder)['workbench.db']).toBe(before['workbench.db'])
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })

  it('sees a newer version that only the write-ahead log holds', () => {
    const folder = temporaryFolder()
    openDatabase(folder).close()
    const crashed = new Database(join(folder, 'workbench.db'))
    crashed.pragma(`user_version = ${next.version}`)
    const crash = temporaryFolder()
    cpSync(folder, crash, { recursive: true })
    crashed.close()
    const before = digests(crash)
    expect(refusalOf(() => openDatabase(crash)).message).toContain('newer version')
    expect(digests(crash)).toMatchObject({ 'workbench.db': before['workbench.db'], 'workbench.db-wal': before['workbench.db-wal'] })
  })

  it.each([
    ['a text', Buffer.from('this is a shopping list and no database, however long it may be. '.repeat(20))],
    ['a short text', Buffer.from('milk')],
    ['another program’s database', foreignDatabase()],
  ])('refuses %s and leaves it byte for byte', (_what, bytes) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'workbench.db'), bytes)
    for (const open of [openDatabase, openDatabaseForReading]) {
      expect(refusalOf(() => open(folder)).message).toContain('not a workspace')
      expect(readFileSync(join(folder, 'workbench.db')).equals(bytes)).toBe(true)
    }
    rmSync(join(folder, 'workbench.db'))
    openDatabase(folder).close()
  })
})

describe('openDatabaseForReading', () => {
  it('reads beside the writer and cannot write', () => {
    const folder = temporaryFolder()
    const writer = openDatabase(folder)
    const reader = openDatabaseForReading(folder)
    writeSetting(writer, 'theme', 'dark')
    expect(readSetting(reader, 'theme')).toBe('dark')
    expect(() => reader.prepare("INSERT INTO settings VALUES ('a', 'b') RETURNING *").all()).toThrow(/readonly/)
    reader.close()
    writer.close()
  })

  it('reads from a folder in which nothing can be made', () => {
    const folder = temporaryFolder()
    const writer = openDatabase(folder)
    writeSetting(writer, 'theme', 'dark')
    writer.close()
    // A folder where SQLite wants its shared-memory file stops even the superuser, whom permissions would not.
    mkdirSync(join(folder, 'workbench.db-shm'))
    const reader = openDatabaseForReading(folder)
    expect(readSetting(reader, 'theme')).toBe('dark')
    reader.close()
  })

  it('says where there is no workspace, and where one is to be upgraded first', () => {
    const folder = temporaryFolder()
    expect(refusalOf(() => openDatabaseForReading(folder)).code).toBe('not-found')
    openDatabase(folder).close()
    expect(refusalOf(() => openDatabaseForReading(folder, later)).message).toContain('earlier version')
  })
})

function refusalOf(action: () => unknown): WorkbenchError {
  try {
    action()
  } catch (fault) {
    expect(fault).toBeInstanceOf(WorkbenchError)
    return fault as WorkbenchError
  }
  throw new Error('it was not refused')
}

function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ name }) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}

function foreignDatabase(): Buffer {
  const database = new Database(':memory:')
  database.exec('CREATE TABLE recipes (name TEXT)')
  const bytes = database.serialize()
  database.close()
  return bytes
}
