import type Database from 'better-sqlite3'

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
    return this.#raw.transaction(work).immediate()
  }

  close(): void {
    if (!this.#raw.open) return
    try {
      if (!this.#raw.readonly) this.#raw.pragma('wal_checkpoint(TRUNCATE)')
      this.#raw.close()
    } finally {
      this.#closed()
    }
  }
}
