import { WorkbenchError } from '../../shared/domain/errors.ts'
import { activeRunStates, type RunState } from '../../shared/domain/run.ts'
import type { Annotation } from '../../shared/domain/shelf.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { keepHighestRunId } from './runs.ts'

/** What a person says of a run; what is left out stays as it is. */
export interface RunAnnotation extends Annotation {
  readonly name?: string | undefined
}

/** What deleting runs would free, in bytes, and the ensembles that they belong to. */
export interface RunDependents {
  readonly bytes: number
  readonly ensembles: { readonly id: number; readonly name: string }[]
}

/** Keeps what a person says of a run; what is not said stays. @throws WorkbenchError `not-found` */
export function annotateRun(database: WritableDatabase, id: number, { name, notes, tags, starred }: RunAnnotation): void {
  database.transaction(() => {
    findRuns(database, [id])
    const set = (column: 'name' | 'notes' | 'tags' | 'starred', value: string | number | undefined) => {
      if (value !== undefined) database.prepare(`UPDATE runs SET ${column} = ? WHERE id = ?`).run(value, id)
    }
    set('name', name)
    set('notes', notes)
    set('tags', tags && JSON.stringify(tags))
    set('starred', starred === undefined ? undefined : starred ? 1 : 0)
  })
}

/**
 * Puts runs into the bin, or takes them out again where `at` is null: all or none. One that is there already is no error.
 *
 * @throws WorkbenchError `not-found`; `conflict` where one of them trains or waits to
 */
export function binRuns(database: WritableDatabase, ids: readonly number[], at: string | null): void {
  database.transaction(() => {
    const active = findRuns(database, ids).filter(({ state }) => activeRunStates.includes(state))
    if (at !== null && active.length > 0) {
      throw new WorkbenchError('conflict', `${runsInWords(active)} ${active.length === 1 ? 'is' : 'are'} training, or waiting to.`, {
        hint: `Stop ${active.length === 1 ? 'it' : 'them'} first, or wait for the end.`,
      })
    }
    database
      .prepare('UPDATE runs SET binned_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND (binned_at IS NULL) <> (? IS NULL)')
      .run(at, JSON.stringify(ids), at)
  })
}

/** What hangs on runs, and what deleting them would free. @throws WorkbenchError `not-found` */
export function readRunDependents(database: ReadableDatabase, ids: readonly number[]): RunDependents {
  findRuns(database, ids)
  const list = JSON.stringify(ids)
  const bytesIn = (table: string, bytes: string) =>
    database
      .prepare<{ n: number | null }>(`SELECT sum(${bytes}) AS n FROM ${table} WHERE run IN (SELECT value FROM json_each(?))`)
      .get(list)?.n ?? 0
  return {
    bytes: bytesIn('checkpoints', 'bytes') + bytesIn('predictions', 'length(predicted)'),
    ensembles: database
      .prepare<{ id: number; name: string }>(
        `SELECT DISTINCT ensembles.id, ensembles.name FROM ensembles JOIN ensemble_runs ON ensemble_runs.ensemble = ensembles.id
         WHERE ensemble_runs.run IN (SELECT value FROM json_each(?)) ORDER BY ensembles.id`,
      )
      .all(list),
  }
}

/**
 * Deletes runs for good, all or none: their curves, measures, predictions and checkpoints with them, and experiments that have
 * no run any more. Runs that repeated one of them stay, as runs that repeat none.
 *
 * @returns the bytes that they took, and the files of the checkpoints folder that nobody needs any more
 * @throws WorkbenchError `not-found`; `conflict` where one is not in the bin, or an ensemble is made of it
 */
export function purgeRuns(database: WritableDatabase, ids: readonly number[]): { readonly bytes: number; readonly files: string[] } {
  return database.transaction(() => {
    const listed = findRuns(database, ids).filter(({ binnedAt }) => binnedAt === null)
    if (listed.length > 0) {
      throw new WorkbenchError('conflict', `${runsInWords(listed)} ${listed.length === 1 ? 'is' : 'are'} not in the bin.`, {
        hint: `Put ${listed.length === 1 ? 'it' : 'them'} into the bin first.`,
      })
    }
    const { bytes, ensembles } = readRunDependents(database, ids)
    if (ensembles.length > 0) {
      const names = ensembles.map(({ name }) => name).join(', ')
      throw new WorkbenchError('conflict', `${ensembles.length === 1 ? 'An ensemble is' : 'Ensembles are'} made of these runs: ${names}.`, {
        hint: `Delete ${ensembles.length === 1 ? 'it' : 'them'} for good first, those in the bin too.`,
      })
    }
    const list = JSON.stringify(ids)
    const files = database
      .prepare<{ file: string }>('SELECT file FROM checkpoints WHERE run IN (SELECT value FROM json_each(?))')
      .all(list)
      .map(({ file }) => file)
    keepHighestRunId(database)
    database.prepare('UPDATE runs SET reproduces = NULL WHERE reproduces IN (SELECT value FROM json_each(?))').run(list)
    database.prepare('DELETE FROM runs WHERE id IN (SELECT value FROM json_each(?))').run(list)
    database.prepare('DELETE FROM experiments WHERE id NOT IN (SELECT experiment FROM runs)').run()
    return { bytes, files }
  })
}

interface Found {
  readonly id: number
  readonly state: RunState
  readonly binnedAt: string | null
}

/** @throws WorkbenchError `not-found` where one is missing */
function findRuns(database: ReadableDatabase, ids: readonly number[]): Found[] {
  const found = database
    .prepare<Found>('SELECT id, state, binned_at AS binnedAt FROM runs WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id')
    .all(JSON.stringify(ids))
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.find((id) => !known.has(id))
  if (missing !== undefined) {
    throw new WorkbenchError('not-found', `There is no run ${missing} in this workspace.`, { hint: 'Look at the list of runs.' })
  }
  return found
}

/** `Run 3`, `Runs 3, 4 and 7`, `Runs 3, 4 and 12 others`. */
function runsInWords(runs: readonly Found[]): string {
  const numbers = runs.map(({ id }) => String(id))
  if (numbers.length === 1) return `Run ${numbers[0]!}`
  if (numbers.length > 5) return `Runs ${numbers.slice(0, 4).join(', ')} and ${numbers.length - 4} others`
  return `Runs ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)!}`
}
