import type { Measures } from '../../shared/domain/measures.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import type { Epoch, Provenance } from '../../shared/domain/run.ts'
import { settingsKey, type LeakagePair, type Leakage, type SplitSettings } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { saveStoredCheckpoint, type StoredCheckpoint } from './checkpoints.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { saveMeasures, savePredictions } from './results.ts'
import { nextRunId } from './runs.ts'
import { freeSplitName, readAssignment, readSplits } from './splits.ts'
import { toBlob } from './vectors.ts'

/** A run that was trained in another workspace, as it is kept here. */
export interface TakenRun {
  readonly variant: Variant
  readonly recipe: Recipe
  readonly seed: number
  readonly name: string
  readonly notes: string
  readonly tags: readonly string[]
  readonly starred: boolean
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly engine: string | null
  readonly versions: Readonly<Record<string, string>>
  readonly parameters: number | null
  readonly epochs: number
  readonly seconds: number
  readonly rowsPerSecond: number | null
  readonly message: string | null
  readonly provenance: Provenance | null
  readonly curve: readonly Epoch[]
  readonly measures: readonly (Measures & { readonly part: 'validation' | 'test'; readonly cellType: string })[]
  readonly predictions: Readonly<Record<'validation' | 'test', Float32Array>>
  readonly stored: StoredCheckpoint
}

export function insertTakenExperiment(database: WritableDatabase, dataset: number, split: number, createdAt: string): number {
  return database.prepare('INSERT INTO experiments (dataset, split, created_at) VALUES (?, ?, ?)').run(dataset, split, createdAt)
    .lastInsertRowid
}

/** Keeps a completed run with all that came of it. Part of the caller's transaction. */
export function insertTakenRun(database: WritableDatabase, experiment: number, run: TakenRun): number {
  const id = nextRunId(database)
  database
    .prepare(
      `INSERT INTO runs (id, experiment, variant, recipe, seed, state, created_at, started_at, finished_at, engine, versions, parameters, epochs,
         seconds, rows_per_second, message, provenance, name, notes, tags, starred)
       VALUES (?, ?, ?, ?, ?, 'completed', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      experiment,
      run.variant,
      JSON.stringify(run.recipe),
      run.seed,
      run.createdAt,
      run.startedAt,
      run.finishedAt,
      run.engine,
      JSON.stringify(run.versions),
      run.parameters,
      run.epochs,
      run.seconds,
      run.rowsPerSecond,
      run.message,
      run.provenance && JSON.stringify(run.provenance),
      run.name,
      run.notes,
      JSON.stringify(run.tags),
      run.starred ? 1 : 0,
    )
  const epoch = database.prepare(
    `INSERT INTO epochs (run, epoch, train_loss, validation_loss, validation_pearson, learning_rate, seconds, cell_type_pearsons)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const one of run.curve)
    epoch.run(
      id,
      one.epoch,
      one.trainLoss,
      one.validationLoss,
      one.validationPearson,
      one.learningRate,
      one.seconds,
      JSON.stringify(one.cellTypePearsons),
    )
  for (const part of ['validation', 'test'] as const) {
    savePredictions(database, id, part, run.predictions[part])
    saveMeasures(
      database,
      id,
      part,
      new Map(run.measures.filter((measures) => measures.part === part).map((measures) => [measures.cellType, measures])),
    )
  }
  saveStoredCheckpoint(database, id, 'model', run.stored)
  return id
}

export function saveReproduces(database: WritableDatabase, run: number, original: number): void {
  database.prepare('UPDATE runs SET reproduces = ? WHERE id = ?').run(original, run)
}

/** Datasets with a fingerprint: those on the shelf before those in the bin, those with their sequences before those without. */
export function findDatasetsByFingerprint(database: ReadableDatabase, fingerprint: string): number[] {
  return database
    .prepare<{ id: number }>('SELECT id FROM datasets WHERE fingerprint = ? ORDER BY binned_at IS NOT NULL, length = 0, id')
    .all(fingerprint)
    .map(({ id }) => id)
}

/** A dataset's name that nobody has: the wanted one, or that with a number behind it. */
export function freeDatasetName(database: ReadableDatabase, wanted: string): string {
  const isTaken = database.prepare<{ id: number }>('SELECT id FROM datasets WHERE name = ?')
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} (${number})`
    if (!isTaken.get(name)) return name
  }
}

export interface TakenSplit {
  readonly name: string
  readonly settings: SplitSettings
  readonly createdAt: string
  readonly groups: number
  readonly leakage: Leakage
  readonly audit: readonly LeakagePair[]
  readonly assignment: Uint8Array
}

/** The split of a dataset that was made in the same way and puts every element where this one does; undefined where there is none. */
export function findSameSplit(
  database: ReadableDatabase,
  dataset: number,
  { settings, assignment }: Pick<TakenSplit, 'settings' | 'assignment'>,
): number | undefined {
  const key = settingsKey(settings)
  return readSplits(database, dataset)
    .filter((split) => settingsKey(split.settings) === key)
    .find(({ id }) => Buffer.compare(readAssignment(database, id), assignment) === 0)?.id
}

/** Keeps a split under its name, or that with a number behind it. Part of the caller's transaction. */
export function insertTakenSplit(database: WritableDatabase, dataset: number, split: TakenSplit): number {
  const { kind, seed, ...settings } = split.settings
  return database
    .prepare(
      'INSERT INTO splits (dataset, name, kind, seed, settings, created_at, assignment, groups, leakage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      dataset,
      freeSplitName(database, dataset, split.name),
      kind,
      seed,
      JSON.stringify(settings),
      split.createdAt,
      toBlob(split.assignment),
      split.groups,
      JSON.stringify({ ...split.leakage, pairs: split.audit }),
    ).lastInsertRowid
}

/** What a person said of a dataset where it comes from. Part of the caller's transaction. */
export function saveTakenAnnotation(database: WritableDatabase, dataset: number, notes: string, tags: readonly string[]): void {
  database.prepare('UPDATE datasets SET notes = ?, tags = ? WHERE id = ?').run(notes, JSON.stringify(tags), dataset)
}
