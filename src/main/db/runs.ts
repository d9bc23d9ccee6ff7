import { recipeSchema, type Recipe } from '../../shared/domain/recipe.ts'
import { provenanceSchema, type Provenance, type Run, type RunDetail, type RunState } from '../../shared/domain/run.ts'
import type { SplitKind } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { mayFollow, runStatesWithEngine } from '../experiments/runStates.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { readCellTypes } from './datasets.ts'
import { readCurve } from './epochs.ts'
import { readSetting, writeSetting } from './settings.ts'

const HIGHEST_ID = 'runs.highestId'

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
  name: string
  notes: string
  tags: string
  starred: number
  binnedAt: string | null
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
    runs.variant, runs.recipe, runs.seed, runs.name, runs.notes, runs.tags, runs.starred, runs.binned_at AS binnedAt,
    runs.state, runs.created_at AS createdAt, runs.started_at AS startedAt, runs.finished_at AS finishedAt,
    runs.engine, runs.epochs, runs.seconds, runs.rows_per_second AS rowsPerSecond, runs.message, measures.pearson AS testPearson
  FROM runs
  JOIN experiments ON experiments.id = runs.experiment
  JOIN datasets ON datasets.id = experiments.dataset
  JOIN splits ON splits.id = experiments.split
  LEFT JOIN measures ON measures.run = runs.id AND measures.part = 'test' AND measures.cell_type = 'all'`

function toRun({ recipe, tags, starred, ...row }: RunRow, readRecipe = recipeReader()): Run {
  return { ...row, recipe: readRecipe(recipe), tags: tags === '[]' ? [] : (JSON.parse(tags) as string[]), starred: starred === 1 }
}

/** Runs share their recipes: each text is read once. */
function recipeReader(): (text: string) => Recipe {
  const known = new Map<string, Recipe>()
  return (text) => {
    // A recipe of an earlier version lacks what was added since; the schema knows what it did without.
    const recipe = known.get(text) ?? recipeSchema.parse(JSON.parse(text))
    known.set(text, recipe)
    return recipe
  }
}

function toRuns(rows: readonly RunRow[]): Run[] {
  const readRecipe = recipeReader()
  return rows.map((row) => toRun(row, readRecipe))
}

/** Runs, newest first, without those in the bin; of one dataset where it is named. */
export function readRuns(database: ReadableDatabase, dataset?: number): Run[] {
  return readRunsWhere(database, 'runs.binned_at IS NULL', dataset)
}

/** Runs in the bin, newest first; of one dataset where it is named. */
export function readBinnedRuns(database: ReadableDatabase, dataset?: number): Run[] {
  return readRunsWhere(database, 'runs.binned_at IS NOT NULL', dataset)
}

function readRunsWhere(database: ReadableDatabase, condition: string, dataset: number | undefined): Run[] {
  const rows = database.prepare<RunRow>(`${selectRuns} WHERE ${condition} AND ? IN (experiments.dataset, -1) ORDER BY runs.id DESC`)
  return toRuns(rows.all(dataset ?? -1))
}

/** Runs in any of the states, oldest first. */
export function readRunsInState(database: ReadableDatabase, states: readonly RunState[]): Run[] {
  const rows = database.prepare<RunRow>(`${selectRuns} WHERE runs.state IN (SELECT value FROM json_each(?)) ORDER BY runs.id`)
  return toRuns(rows.all(JSON.stringify(states)))
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

/** What the run that started last trained on, as `tensorflow on CPU`; null where none has. */
export function readLastEngine(database: ReadableDatabase): string | null {
  return (
    database.prepare<{ engine: string }>('SELECT engine FROM runs WHERE engine IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT 1').get()
      ?.engine ?? null
  )
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

/**
 * The number of the next run. One that has been deleted for good is not given again: scans and files outside the workspace
 * still name it.
 */
export function nextRunId(database: ReadableDatabase): number {
  const highest = database.prepare<{ id: number | null }>('SELECT max(id) AS id FROM runs').get()?.id ?? 0
  return Math.max(highest, Number(readSetting(database, HIGHEST_ID) ?? 0)) + 1
}

/** To be called before runs are deleted: see {@link nextRunId}. */
export function keepHighestRunId(database: WritableDatabase): void {
  writeSetting(database, HIGHEST_ID, String(nextRunId(database) - 1))
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
      `INSERT INTO runs (id, experiment, variant, recipe, seed, state, queue_position, created_at, reproduces)
       VALUES (?, ?, ?, ?, ?, 'queued', (SELECT coalesce(max(queue_position), 0) + 1 FROM runs), ?, ?)`,
    )
    const first = nextRunId(database)
    return runs.map(({ variant, seed }, i) => {
      insert.run(first + i, experiment, variant, JSON.stringify(recipe), seed, createdAt, reproduces ?? null)
      return first + i
    })
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
    // A run that was put back goes on before those that have not begun.
    const place = runStatesWithEngine.includes(state) ? 'min(queue_position), 1) - 1' : 'max(queue_position), 0) + 1'
    const set = (assignments: string, ...values: (string | null)[]) =>
      database.prepare(`UPDATE runs SET state = ?, message = ?, ${assignments} WHERE id = ?`).run(to, message, ...values, id)
    if (to === 'queued') set(`finished_at = NULL, queue_position = (SELECT coalesce(${place} FROM runs)`)
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
