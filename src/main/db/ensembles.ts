import type { Ensemble } from '../../shared/domain/ensemble.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { partsOfSplit } from '../experiments/partsOfSplit.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { readCellTypes } from './datasets.ts'
import { readRun } from './runs.ts'
import { readSetting, writeSetting } from './settings.ts'
import { readAssignment } from './splits.ts'

const HIGHEST_ID = 'ensembles.highestId'

type EnsembleRow = Pick<Ensemble, 'id' | 'name' | 'createdAt' | 'removedAt' | 'dataset' | 'datasetName' | 'length'>

const selectEnsembles = /* sql */ `
  SELECT ensembles.id, ensembles.name, ensembles.created_at AS createdAt, ensembles.removed_at AS removedAt, ensembles.dataset,
    datasets.name AS datasetName, ensembles.length
  FROM ensembles JOIN datasets ON datasets.id = ensembles.dataset`

/** The ensembles, newest first, those in the bin among them. */
export function readEnsembles(database: ReadableDatabase): Ensemble[] {
  return database
    .prepare<EnsembleRow>(`${selectEnsembles} ORDER BY ensembles.id DESC`)
    .all()
    .map((row) => toEnsemble(database, row))
}

/** @throws WorkbenchError `not-found` */
export function readEnsemble(database: ReadableDatabase, id: number): Ensemble {
  const row = database.prepare<EnsembleRow>(`${selectEnsembles} WHERE ensembles.id = ?`).get(id)
  if (!row) {
    throw new WorkbenchError('not-found', `There is no ensemble ${id} in this workspace.`, { hint: 'Look at the list of ensembles.' })
  }
  return toEnsemble(database, row)
}

/** Positions, in the dataset's order, of the elements that are in the test part of every one of these splits. */
export function readSharedTest(database: ReadableDatabase, splits: readonly number[]): Int32Array {
  const [first, ...others] = [...new Set(splits)].map((split) => readAssignment(database, split))
  if (!first) return new Int32Array(0)
  const [testOfFirst, ...rest] = [partsOfSplit(first).test, ...others]
  return testOfFirst.filter((element) => rest.every((assignment) => assignment[element] === TEST))
}

const TEST = 2

export interface NewEnsemble {
  readonly name: string
  readonly createdAt: string
  readonly dataset: number
  readonly length: number
  readonly runs: readonly number[]
}

/** Keeps an ensemble of runs in the order given, and returns its id. */
export function insertEnsemble(database: WritableDatabase, { name, createdAt, dataset, length, runs }: NewEnsemble): number {
  return database.transaction(() => {
    const id = nextEnsembleId(database)
    database
      .prepare('INSERT INTO ensembles (id, name, created_at, dataset, length) VALUES (?, ?, ?, ?, ?)')
      .run(id, name, createdAt, dataset, length)
    const insert = database.prepare('INSERT INTO ensemble_runs (ensemble, position, run) VALUES (?, ?, ?)')
    runs.forEach((run, position) => insert.run(id, position, run))
    return id
  })
}

/** @throws WorkbenchError `not-found` */
export function renameEnsemble(database: WritableDatabase, id: number, name: string): void {
  readEnsemble(database, id)
  database.prepare('UPDATE ensembles SET name = ? WHERE id = ?').run(name, id)
}

/** Puts an ensemble into the bin, or takes it out where `removedAt` is null. @throws WorkbenchError `not-found` */
export function setEnsembleRemoved(database: WritableDatabase, id: number, removedAt: string | null): void {
  readEnsemble(database, id)
  database.prepare('UPDATE ensembles SET removed_at = ? WHERE id = ? AND (removed_at IS NULL) <> (? IS NULL)').run(removedAt, id, removedAt)
}

/** Deletes an ensemble for good; its runs stay. @throws WorkbenchError `not-found`, `conflict` where it is not in the bin */
export function purgeEnsemble(database: WritableDatabase, id: number): void {
  database.transaction(() => {
    const { name, removedAt } = readEnsemble(database, id)
    if (removedAt === null) {
      throw new WorkbenchError('conflict', `The ensemble ${name} is not in the bin.`, { hint: 'Put it into the bin first.' })
    }
    writeSetting(database, HIGHEST_ID, String(nextEnsembleId(database) - 1))
    database.prepare('DELETE FROM ensembles WHERE id = ?').run(id)
  })
}

/** The number of the next ensemble. One that has been deleted for good is not given again: scans still name it. */
function nextEnsembleId(database: ReadableDatabase): number {
  const highest = database.prepare<{ id: number | null }>('SELECT max(id) AS id FROM ensembles').get()?.id ?? 0
  return Math.max(highest, Number(readSetting(database, HIGHEST_ID) ?? 0)) + 1
}

function toEnsemble(database: ReadableDatabase, row: EnsembleRow): Ensemble {
  const runs = database
    .prepare<{ run: number }>('SELECT run FROM ensemble_runs WHERE ensemble = ? ORDER BY position')
    .all(row.id)
    .map(({ run }) => readRun(database, run))
  return {
    ...row,
    runs: runs.map(({ id }) => id),
    target: runs[0]!.recipe.target,
    cellTypes: readCellTypes(database, row.dataset).map(({ name }) => name),
    testElements: readSharedTest(
      database,
      runs.map(({ split }) => split),
    ).length,
  }
}
