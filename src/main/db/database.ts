import Database from 'better-sqlite3'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'

/** What may be bound to a `?` of a statement. */
export type Parameter = string | number | bigint | Uint8Array | null

/** A statement that only reads. `Row` is what its columns are, as the caller knows from the SQL. */
export interface Query<Row> {
  get(...parameters: Parameter[]): Row | undefined
  all(...parameters: Parameter[]): Row[]
  iterate(...parameters: Parameter[]): IterableIterator<Row>
}

/** A statement that may also write. */
export interface Statement<Row> extends Query<Row> {
  run(...parameters: Parameter[]): { readonly changes: number; readonly lastInsertRowid: number }
}

/** A workspace's database as a reader has it: on a connection that SQLite itself holds to reading, or a writer's. */
export interface ReadableDatabase {
  prepare<Row = never>(sql: string): Query<Row>
  close(): void
}

/** The one connection that may write. Everything that changes the database asks for this type. */
export interface WritableDatabase extends ReadableDatabase {
  prepare<Row = never>(sql: string): Statement<Row>
  /**
   * All of `work` or nothing. `work` is synchronous, so that no other caller's statements can slip into the transaction;
   * one within another is a savepoint.
   *
   * @throws WorkbenchError `unavailable` where the disk does not take it, or whatever `work` throws
   */
  transaction<T>(work: () => T): T
}

/** A connection as the rest of the core sees it; `closed` is called once, after it has closed. */
export class Connection implements WritableDatabase {
  readonly #raw: Database.Database
  readonly #closed: () => void

  constructor(raw: Database.Database, closed: () => void = () => {}) {
    this.#raw = raw
    this.#closed = closed
  }

  prepare<Row>(sql: string): Statement<Row> {
    return this.#raw.prepare<Parameter[], Row>(sql) as unknown as Statement<Row>
  }

  transaction<T>(work: () => T): T {
    try {
      return this.#raw.transaction(work).immediate()
    } catch (fault) {
      throw inWordsOfDisk(fault)
    }
  }

  close(): void {
    if (!this.#raw.open) return
    try {
      if (!this.#raw.readonly) this.#raw.pragma('wal_checkpoint(TRUNCATE)')
    } catch (fault) {
      // On a full disk the write-ahead log stays beside the database, and the next who opens it finds all that is in it.
      if (!isOfDisk(fault)) throw fault
    } finally {
      try {
        this.#raw.close()
      } finally {
        this.#closed()
      }
    }
  }
}

function isOfDisk(fault: unknown): fault is Database.SqliteError {
  return fault instanceof Database.SqliteError && /^SQLITE_(?:FULL|IOERR|READONLY)/.test(fault.code)
}

/** What a person is told where the disk did not take a change; any other fault as it is. */
export function inWordsOfDisk(fault: unknown): unknown {
  if (!isOfDisk(fault)) return fault
  return new WorkbenchError(
    'unavailable',
    `The workspace’s database cannot be written to: ${reasonOf(fault)}. Nothing was changed.`,
    { hint: 'Free some space on the disk of the workspace and try again.' },
    { cause: fault },
  )
}
