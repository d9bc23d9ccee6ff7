import { WorkbenchError } from '../../shared/domain/errors.ts'
import { originSchema, type Origin } from '../../shared/domain/origin.ts'
import { activeRunStates } from '../../shared/domain/run.ts'
import type { Annotation, Dependents } from '../../shared/domain/shelf.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'

/** Keeps what a person says of a dataset; what is not said stays. @throws WorkbenchError `not-found` */
export function annotateDataset(database: WritableDatabase, id: number, { notes, tags, starred }: Annotation): void {
  database.transaction(() => {
    findDataset(database, id)
    const set = (column: 'notes' | 'tags' | 'starred', value: string | number | undefined) => {
      if (value !== undefined) database.prepare(`UPDATE datasets SET ${column} = ? WHERE id = ?`).run(value, id)
    }
    set('notes', notes)
    set('tags', tags && JSON.stringify(tags))
    set('starred', starred === undefined ? undefined : starred ? 1 : 0)
  })
}

/**
 * Puts a dataset into the bin, or takes it out again where `at` is null. One that is there already is no error.
 *
 * @throws WorkbenchError `not-found`, `conflict` where a run trains on it or waits to
 */
export function binDataset(database: WritableDatabase, id: number, at: string | null): void {
  database.transaction(() => {
    const { name } = findDataset(database, id)
    const active =
      at === null
        ? 0
        : countRuns(database, id)
            .filter(({ state }) => isActive(state))
            .reduce((sum, { count }) => sum + count, 0)
    if (active > 0) {
      throw new WorkbenchError('conflict', `${active === 1 ? 'A run is' : `${active} runs are`} training on ${name}, or waiting to.`, {
        hint: `Stop ${active === 1 ? 'it' : 'them'} first, or wait for the end.`,
      })
    }
    database.prepare('UPDATE datasets SET binned_at = ? WHERE id = ? AND (binned_at IS NULL) <> (? IS NULL)').run(at, id, at)
  })
}

/** What hangs on a dataset, and what deleting it would free. @throws WorkbenchError `not-found` */
export function readDependents(database: ReadableDatabase, id: number): Dependents {
  findDataset(database, id)
  const number = (sql: string) => database.prepare<{ n: number | null }>(sql).get(id)?.n ?? 0
  const derived = database
    .prepare<{ id: number; name: string }>(
      `SELECT DISTINCT datasets.id, datasets.name FROM datasets, json_tree(datasets.origin) AS part
       WHERE json_valid(datasets.origin) AND datasets.id <> ? AND part.key = 'id' AND part.value = ?
         AND (part.path = '$.parent' OR part.path LIKE '$.parents[%]')
       ORDER BY datasets.id`,
    )
    .all(id, id)
  return {
    runs: countRuns(database, id),
    splits: number('SELECT count(*) AS n FROM splits WHERE dataset = ?'),
    derived,
    bytes:
      number('SELECT sum(octet_length(name) + octet_length(sequence)) AS n FROM elements WHERE dataset = ?') +
      number('SELECT sum(length(activities)) AS n FROM cell_types WHERE dataset = ?') +
      number('SELECT sum(length(activities) + coalesce(length(barcodes), 0)) AS n FROM replicates WHERE dataset = ?') +
      number('SELECT sum(octet_length(name)) AS n FROM unmatched_names WHERE dataset = ?') +
      number('SELECT sum(length(codes)) AS n FROM element_labels WHERE dataset = ?') +
      number('SELECT sum(length(assignment)) AS n FROM splits WHERE dataset = ?'),
  }
}

/**
 * Deletes a dataset for good, with its splits.
 *
 * @returns the bytes that it took
 * @throws WorkbenchError `not-found`, `conflict` where it is not in the bin or has runs
 */
export function purgeDataset(database: WritableDatabase, id: number): number {
  return database.transaction(() => {
    const { name, binned_at } = findDataset(database, id)
    if (binned_at === null) {
      throw new WorkbenchError('conflict', `${name} is not in the bin.`, { hint: 'Put it into the bin first.' })
    }
    const { runs, bytes } = readDependents(database, id)
    const trained = runs.reduce((sum, { count }) => sum + count, 0)
    if (trained > 0) {
      throw new WorkbenchError(
        'conflict',
        `${trained === 1 ? 'A run was' : `${trained.toLocaleString('en')} runs were`} trained on ${name}, and ${trained === 1 ? 'its results mean' : 'their results mean'} nothing without it.`,
        {
          hint: `It can be deleted once no run needs it. ${trained === 1 ? 'The run stays' : 'The runs stay'} for now, and the dataset stays in the bin with ${trained === 1 ? 'it' : 'them'}.`,
        },
      )
    }
    database.prepare('DELETE FROM experiments WHERE dataset = ?').run(id)
    database.prepare('DELETE FROM datasets WHERE id = ?').run(id)
    return bytes
  })
}

/** Where a dataset comes from; null where it was never kept, or by a version that this one does not understand. */
export function readOrigin(database: ReadableDatabase, id: number): Origin | null {
  const { origin } = findDataset(database, id)
  if (origin === null) return null
  try {
    return originSchema.safeParse(JSON.parse(origin)).data ?? null
  } catch {
    return null
  }
}

export function saveOrigin(database: WritableDatabase, id: number, origin: Origin): void {
  database.prepare('UPDATE datasets SET origin = ? WHERE id = ?').run(JSON.stringify(origin), id)
}

function countRuns(database: ReadableDatabase, dataset: number): { state: string; count: number }[] {
  return database
    .prepare<{ state: string; count: number }>(
      `SELECT runs.state, count(*) AS count FROM runs JOIN experiments ON experiments.id = runs.experiment
       WHERE experiments.dataset = ? GROUP BY runs.state ORDER BY runs.state`,
    )
    .all(dataset)
}

function isActive(state: string): boolean {
  return (activeRunStates as readonly string[]).includes(state)
}

/** The columns that can be read of any row, damaged or not. */
function findDataset(database: ReadableDatabase, id: number): { name: string; binned_at: string | null; origin: string | null } {
  const row = database
    .prepare<{ name: string; binned_at: string | null; origin: string | null }>('SELECT name, binned_at, origin FROM datasets WHERE id = ?')
    .get(id)
  if (!row) throw new WorkbenchError('not-found', 'That dataset is not in this workspace.', { hint: 'Choose a dataset from the list.' })
  return row
}
