import type Database from 'better-sqlite3'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { addFloat32Aggregate } from './float32Aggregate.ts'
import { workspaceSchema } from './migrations/0001-workspace.ts'
import { datasetsSchema } from './migrations/0002-datasets.ts'
import { modelsSchema } from './migrations/0003-models.ts'
import { scanChunksSchema } from './migrations/0004-scan-chunks.ts'
import { experimentsSchema } from './migrations/0005-experiments.ts'
import { scansSchema } from './migrations/0006-scans.ts'

/** One step of the schema: from `version − 1` to `version`. */
export interface Migration {
  readonly version: number
  readonly sql: string
}

/** Every step, in order. A step that has been released is never changed; a new one is added. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: workspaceSchema },
  { version: 2, sql: datasetsSchema },
  { version: 3, sql: modelsSchema },
  { version: 4, sql: scanChunksSchema },
  { version: 5, sql: experimentsSchema },
  { version: 6, sql: scansSchema },
]

/** The version that a list of steps leads to. */
export function latestVersion(steps: readonly Migration[]): number {
  return steps.at(-1)?.version ?? 0
}

/**
 * Brings a database up to the last step, each step in a transaction of its own. Foreign keys are off meanwhile, so that
 * a step may rebuild a table, and are checked before each step is kept.
 */
export function migrate(database: Database.Database, steps: readonly Migration[]): void {
  const from = userVersion(database)
  const pending = steps.filter((step) => step.version > from)
  if (pending.length === 0) return
  addFloat32Aggregate(database)
  database.pragma('foreign_keys = OFF')
  try {
    for (const step of pending) {
      database
        .transaction(() => {
          database.exec(step.sql)
          const broken = database.pragma('foreign_key_check') as unknown[]
          if (broken.length > 0) throw new Error(`step ${step.version} leaves ${broken.length} rows that refer to nothing`)
          database.pragma(`user_version = ${step.version}`)
        })
        .immediate()
    }
  } finally {
    database.pragma('foreign_keys = ON')
  }
}

export function userVersion(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/**
 * Copies a database as it stands, what is still in its write-ahead log included, to `backups/NAME-version-V.db` beside
 * it, and returns the copy's path. An earlier copy is never written over.
 */
export function copyBeforeUpgrade(database: Database.Database, file: string): string {
  const folder = join(dirname(file), 'backups')
  mkdirSync(folder, { recursive: true })
  const stem = `${basename(file, extname(file))}-version-${userVersion(database)}`
  let copy = join(folder, `${stem}.db`)
  for (let n = 2; existsSync(copy); n++) copy = join(folder, `${stem}-${n}.db`)
  const unfinished = `${copy}.part`
  rmSync(unfinished, { force: true })
  database.prepare('VACUUM INTO ?').run(unfinished)
  renameSync(unfinished, copy)
  return copy
}
