import { recipeSchema, type Recipe } from '../../shared/domain/recipe.ts'
import { provenanceSchema, type Provenance, type Run, type RunDetail, type RunState } from '../../shared/domain/run.ts'
import type { SplitKind } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { mayFollow } from '../experiments/runStates.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { readCellTypes } from './datasets.ts'
import { readCurve } from './epochs.ts'

interface RunRow {
  id: number
  experiment: number
  dataset: number
  datasetName: string
  split: number
  splitKind: SplitKind
  splitName: string
  splitSeed: number
  variant: Variant
  recipe: string
  seed: number
  state: RunState
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  engine: string | null
  epochs: number
  seconds: number
  rowsPerSecond: number | null
  message: string | null
  testPearson: number | null
}

const selectRuns = /* sql */ `
  SELECT runs.id, runs.experiment, experiments.dataset, datasets.name AS datasetName, experiments.split, splits.kind AS splitKind,
    splits.name AS splitName, splits.seed AS splitSeed,
    runs.variant, runs.recipe, runs.seed, runs.state, runs.created_at AS createdAt, runs.started_at AS startedAt,
    runs.finished_at AS finishedAt, runs.engine, runs.epochs, runs.seconds, runs.rows_per_second AS rowsPerSecond, runs.message,
    measures.pearson AS testPearson
  FROM runs
  JOIN experiments ON experiments.id = runs.experiment
  JOIN datasets ON datasets.id = experiments.dataset
  JOIN splits ON splits.id = experiments.split
  LEFT JOIN measures ON measures.run = runs.id AND measures.part = 'test' AND measures.cell_type = 'all'`

function toRun({ recipe, ...row }: RunRow): Run {
  // A recipe of an earlier version lacks what was added since; the schema knows what it did without.
  return { ...row, recipe: recipeSchema.parse(JSON.parse(recipe)) }
}

/** Runs, newest first; of one dataset where it is named. */
export function readRuns(database: ReadableDatabase, dataset?: number): Run[] {
  const rows =
    dataset === undefined
      ? database.prepare<RunRow>(`${selectRuns} ORDER BY runs.id DESC`).all()
      : database.prepare<RunRow>(`${selectRuns} WHERE experiments.dataset = ? ORDER BY runs.id DESC`).all(dataset)
  return rows.map(toRun)
}

/** Runs in any of the states, oldest first. */
export function readRunsInState(database: ReadableDatabase, states: readonly RunState[]): Run[] {
  const rows = database.prepare<RunRow>(`${selectRuns} WHERE runs.state IN (SELECT value FROM json_each(?)) ORDER BY runs.id`)
  return rows.all(JSON.stringify(states)).map(toRun)
}

/** @throws WorkbenchError `not-found` */
export function readRun(database: ReadableDatabase, id: number): Run {
  const row = database.prepare<RunRow>(`${selectRuns} WHERE runs.id = ?`).get(id)
  if (!row) throw new WorkbenchError('not-found', `There is no run ${id} in this workspace.`, { hint: 'Look at the list of runs.' })
  return toRun(row)
}

/** @throws WorkbenchError `not-found` */
export function readRunDetail(database: ReadableDatabase, id: number): RunDetail {
  const run = readRun(database, id)
  const row = database
    .prepare<{ parameters: number | null; versions: string; provenance: string | null; reproduces: number | null }>(
      'SELECT parameters, versions, provenance, reproduces FROM runs WHERE id = ?',
    )
    .get(id)!
  return {
    ...run,
    curve: readCurve(database, id),
    cellTypes: readCellTypes(database, run.dataset).map(({ name }) => name),
    parameters: row.parameters,
    versions: JSON.parse(row.versions) as Record<string, string>,
    provenance: row.provenance === null ? null : provenanceSchema.parse(JSON.parse(row.provenance)),
    reproduces: row.reproduces,
  }
}

/** The run that has waited longest. */
export function nextQueuedRun(database: ReadableDatabase): number | undefined {
  return database.prepare<{ id: number }>(`SELECT id FROM runs WHERE state = 'queued' ORDER BY queue_position, id LIMIT 1`).get()?.id
}

export interface NewExperiment {
  readonly dataset: number
  readonly split: number
  readonly recipe: Recipe
  readonly runs: readonly { readonly variant: Variant; readonly seed: number }[]
  readonly createdAt: string
  /** The run that they repeat. */
  readonly reproduces?: number
}

/** Keeps an experiment with its runs, queued in the order given. Returns the runs' ids. */
export function createExperiment(
  database: WritableDatabase,
  { dataset, split, recipe, runs, createdAt, reproduces }: NewExperiment,
): number[] {
  return database.transaction(() => {
    const experiment = database
      .prepare('INSERT INTO experiments (dataset, split, created_at) VALUES (?, ?, ?)')
      .run(dataset, split, createdAt).lastInsertRowid
    const insert = database.prepare(
      `INSERT INTO runs (experiment, variant, recipe, seed, state, queue_position, created_at, reproduces)
       VALUES (?, ?, ?, ?, 'queued', (SELECT coalesce(max(queue_position), 0) + 1 FROM runs), ?, ?)`,
    )
    return runs.map(
      ({ variant, seed }) => insert.run(experiment, variant, JSON.stringify(recipe), seed, createdAt, reproduces ?? null).lastInsertRowid,
    )
  })
}

/**
 * Moves a run to another state, with the times and the message that go with it.
 *
 * @throws Error where no run may go that way: a mistake of the caller's.
 */
export function moveRun(database: WritableDatabase, id: number, to: RunState, at: string, message: string | null = null): void {
  database.transaction(() => {
    const { state } = readRun(database, id)
    if (!mayFollow(state, to)) throw new Error(`run ${id} cannot go from ${state} to ${to}`)
    const set = (assignments: string, ...values: (string | null)[]) =>
      database.prepare(`UPDATE runs SET state = ?, message = ?, ${assignments} WHERE id = ?`).run(to, message, ...values, id)
    if (to === 'queued') set('finished_at = NULL, queue_position = (SELECT coalesce(max(queue_position), 0) + 1 FROM runs)')
    else if (to === 'starting') set('queue_position = NULL, started_at = coalesce(started_at, ?)', at)
    else if (to === 'running' || to === 'cancelling') set('queue_position = NULL')
    else set('queue_position = NULL, finished_at = ?', at)
  })
}

/** Keeps words that belong with a run's results. */
export function saveNote(database: WritableDatabase, id: number, message: string): void {
  database.prepare('UPDATE runs SET message = ? WHERE id = ?').run(message, id)
}

export interface EngineOfRun {
  readonly engine: string
  readonly parameters: number
  readonly versions: Readonly<Record<string, string>>
}

/** Keeps what trains a run. */
export function saveEngineOfRun(database: WritableDatabase, id: number, { engine, parameters, versions }: EngineOfRun): void {
  database
    .prepare('UPDATE runs SET engine = ?, parameters = ?, versions = ? WHERE id = ?')
    .run(engine, parameters, JSON.stringify(versions), id)
}

/** Keeps on what a run trains. */
export function saveProvenance(database: WritableDatabase, id: number, provenance: Provenance): void {
  database.prepare('UPDATE runs SET provenance = ? WHERE id = ?').run(JSON.stringify(provenance), id)
}
