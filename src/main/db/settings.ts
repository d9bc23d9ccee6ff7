import type { ReadableDatabase, WritableDatabase } from './database.ts'

/** The value of a setting, or undefined where it was never set. */
export function readSetting(database: ReadableDatabase, name: string): string | undefined {
  return database.prepare<{ value: string }>('SELECT value FROM settings WHERE name = ?').get(name)?.value
}

export function writeSetting(database: WritableDatabase, name: string, value: string): void {
  database
    .prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(name, value)
}
