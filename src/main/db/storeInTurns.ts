import Database from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Origin } from '../../shared/domain/origin.ts'
import { inWordsOfDisk, type WritableDatabase } from './database.ts'
import { insertLabels, type LabelColumn } from './elementLabels.ts'
import { saveOrigin } from './datasetShelf.ts'
import { insertDatasetHead, refuseTakenName, unmatchedRows, type NewDataset } from './datasets.ts'

/** A dataset with all that is stored beside it. */
export interface WholeDataset extends NewDataset {
  readonly labels: readonly LabelColumn[]
  /** Null where it is not known. */
  readonly origin: Origin | null
}

/** Rows between two chances for others to have their turn. */
const ROWS_A_TURN = 512
const STAGED = '.staged'

/**
 * Stores a dataset whole, or nothing of it, without holding up the process. Its many rows are first written in turns to a
 * database of their own in the scratch folder, which nobody reads; then SQLite copies them by itself, in one transaction with
 * all the rest.
 *
 * @param along what else belongs to the same transaction, given the dataset's id
 * @returns the dataset's id
 * @throws WorkbenchError `conflict` where its name is taken, `unavailable` where the disk does not take it
 */
export async function storeInTurns(
  database: WritableDatabase,
  scratchFolder: string,
  dataset: WholeDataset,
  breathe: () => Promise<void> | undefined,
  along: (dataset: number) => void = () => {},
): Promise<number> {
  const file = join(scratchFolder, randomUUID() + STAGED)
  try {
    await mkdir(scratchFolder, { recursive: true })
    await stage(file, dataset, breathe)
    const id = withoutCheckpoint(database, () => copyStaged(database, file, dataset, along))
    // From here on it is stored: nothing may throw any more.
    await setImmediate()
    foldLog(database)
    await setImmediate()
    return id
  } catch (fault) {
    throw inWordsOfDisk(fault)
  } finally {
    await rm(file, { force: true })
  }
}

async function stage(file: string, dataset: WholeDataset, breathe: () => Promise<void> | undefined): Promise<void> {
  const staged = new Database(file)
  try {
    // What a crash leaves of it is thrown away, so it need not be safe from one.
    staged.pragma('journal_mode = OFF')
    staged.pragma('synchronous = OFF')
    staged.exec(`
      CREATE TABLE elements (position INTEGER PRIMARY KEY, name TEXT, sequence TEXT, group_number INTEGER);
      CREATE TABLE unmatched (side TEXT, cell_type TEXT, name TEXT);
      BEGIN`)
    const element = staged.prepare('INSERT INTO elements VALUES (?, ?, ?, ?)')
    for (const [position, { name, sequence, group }] of dataset.elements.entries()) {
      element.run(position, name, sequence, group)
      if (position % ROWS_A_TURN === 0) await breathe()
    }
    const unmatched = staged.prepare('INSERT INTO unmatched VALUES (?, ?, ?)')
    let rows = 0
    for (const { side, cellType, name } of unmatchedRows(dataset)) {
      unmatched.run(side, cellType, name)
      if (++rows % ROWS_A_TURN === 0) await breathe()
    }
    staged.exec('COMMIT')
  } finally {
    staged.close()
  }
}

const PAGES_OF_LOG = 1000

/** Leaves what is written in the write-ahead log: moving it into the database takes as long again as writing it. */
function withoutCheckpoint<T>(database: WritableDatabase, work: () => T): T {
  database.prepare('PRAGMA wal_autocheckpoint = 0').get()
  try {
    return work()
  } finally {
    database.prepare(`PRAGMA wal_autocheckpoint = ${PAGES_OF_LOG}`).get()
  }
}

/** Moves the write-ahead log into the database, which any later write would do too. */
function foldLog(database: WritableDatabase): void {
  try {
    database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()
  } catch {
    // On a full disk it stays in the log, where everybody reads it just as well.
  }
}

function copyStaged(database: WritableDatabase, file: string, dataset: WholeDataset, along: (dataset: number) => void): number {
  database.prepare('ATTACH ? AS staged').run(file)
  try {
    return database.transaction(() => {
      refuseTakenName(database, dataset.name)
      const id = insertDatasetHead(database, dataset)
      database
        .prepare(
          `INSERT INTO elements (dataset, position, name, sequence, group_number)
           SELECT ?, position, name, sequence, group_number FROM staged.elements ORDER BY position`,
        )
        .run(id)
      database
        .prepare(
          `INSERT INTO unmatched_names (dataset, side, cell_type, name)
           SELECT ?, side, cell_type, name FROM staged.unmatched ORDER BY side, cell_type, name`,
        )
        .run(id)
      insertLabels(database, id, dataset.labels)
      if (dataset.origin) saveOrigin(database, id, dataset.origin)
      along(id)
      return id
    })
  } finally {
    database.prepare('DETACH staged').run()
  }
}
