import Database from 'better-sqlite3'
import { join } from 'node:path'
import { DATABASE_FILE } from '../../../../src/main/db/openDatabase.ts'
import type { RunState } from '../../../../src/shared/domain/run.ts'

/** Has the database of a workspace refuse that a run goes to one of the states, as a full disk would; returns how to end that. */
export function refuseStates(folder: string, ...states: RunState[]): () => void {
  const database = new Database(join(folder, DATABASE_FILE))
  const list = states.map((state) => `'${state}'`).join(', ')
  database.exec(
    `CREATE TRIGGER refused BEFORE UPDATE OF state ON runs WHEN NEW.state IN (${list}) BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
  )
  return () => {
    database.exec('DROP TRIGGER refused')
    database.close()
  }
}
