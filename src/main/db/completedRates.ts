import { recipeSchema, type Recipe } from '../../shared/domain/recipe.ts'
import type { Machine } from '../../shared/domain/model.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { ReadableDatabase } from './database.ts'

/** How fast a run was that came to its end in one go. */
export interface CompletedRate {
  readonly recipe: Recipe
  readonly split: number
  /** Of one epoch, the scoring of the validation part included. */
  readonly secondsAnEpoch: number
  /** From its start to its end, beside its epochs. */
  readonly secondsAround: number
  /** The share of its time in which another run trained too: 0 to 1. */
  readonly beside: number
}

const NEWEST = 50

/** The newest completed runs of a variant on a dataset that this engine and machine trained. */
export function readCompletedRates(
  database: ReadableDatabase,
  {
    dataset,
    variant,
    engine,
    machine,
  }: { readonly dataset: number; readonly variant: Variant; readonly engine: string; readonly machine: Machine },
): CompletedRate[] {
  return database
    .prepare<Omit<CompletedRate, 'recipe'> & { recipe: string }>(
      `SELECT recipe, split, secondsAnEpoch, max(0, wall - seconds) AS secondsAround,
         min(1, 86400 * (
           SELECT coalesce(sum(julianday(min(other.finished_at, finishedAt)) - julianday(max(other.started_at, startedAt))), 0)
           FROM runs AS other WHERE other.id <> run AND other.started_at < finishedAt AND other.finished_at > startedAt
         ) / wall) AS beside
       FROM (
         SELECT runs.id AS run, runs.recipe, experiments.split, runs.seconds, runs.seconds / runs.epochs AS secondsAnEpoch,
           runs.started_at AS startedAt, runs.finished_at AS finishedAt,
           86400 * (julianday(runs.finished_at) - julianday(runs.started_at)) AS wall
         FROM runs JOIN experiments ON experiments.id = runs.experiment
         WHERE runs.state = 'completed' AND experiments.dataset = ? AND runs.variant = ? AND runs.engine = ? AND runs.epochs > 0
           AND json_extract(runs.provenance, '$.machine') = json(?) AND json_array_length(runs.provenance, '$.earlier') = 0
         ORDER BY runs.id DESC LIMIT ${NEWEST}
       ) WHERE wall > 0`,
    )
    .all(dataset, variant, engine, JSON.stringify(machine))
    .map(({ recipe, ...rate }) => ({ ...rate, recipe: recipeSchema.parse(JSON.parse(recipe)) }))
}
