import { z } from 'zod'
import { ensembleSchema } from '../../domain/ensemble.ts'
import { estimateSchema, queueSchema } from '../../domain/queue.ts'
import { recipeSchema } from '../../domain/recipe.ts'
import { reproductionSchema, runDetailSchema, runNameSchema, runSchema } from '../../domain/run.ts'
import { sharedExperimentSchema } from '../../domain/sharedExperiment.ts'
import { annotationSchema } from '../../domain/shelf.ts'
import { sourceSchema } from '../../domain/source.ts'
import { splitChoiceSchema } from '../../domain/split.ts'
import { variantSchema } from '../../domain/variants.ts'
import type { Calls } from '../contract.ts'
import { id, ids, file, stageProgressSchema } from './inputs.ts'

const launch = z.object({
  dataset: z.int(),
  /** A split, or several: an experiment each, with all variants and seeds. */
  split: z.union([splitChoiceSchema, z.array(splitChoiceSchema).min(1).max(100)]),
  variants: z.array(variantSchema).min(1),
  /** A recipe, or several: an experiment each. */
  recipe: z.union([recipeSchema, z.array(recipeSchema).min(1).max(20)]),
  seeds: z.array(z.int().min(0).max(2_147_483_647)).min(1).max(100),
})
export const experiments = {
  /** What {@link launch} with the same input would cost. Trains for about a second a variant, where that is not known yet. */
  estimate: { input: launch, output: estimateSchema, progress: stageProgressSchema },
  launch: { input: launch, output: z.array(runSchema), progress: stageProgressSchema },
  /** The runs, or those in the bin. */
  runs: { input: z.object({ dataset: z.int().optional(), binned: z.boolean().default(false) }), output: z.array(runSchema) },
  run: { input: id, output: runDetailSchema },
  /** Asks a queued or running run to stop; its last checkpoint is kept. */
  stop: { input: id, output: runSchema },
  /** Puts a stopped, failed or interrupted run back into the queue; it goes on from its last checkpoint. */
  resume: { input: id, output: runSchema },
  /** Queues a run that repeats a completed one: same dataset, split, variant, recipe and seed. */
  reproduce: { input: id, output: runSchema },
  /** How the weights of a run compare with those of the run that it repeats; null where it repeats none, or one of them is not completed. */
  reproduction: { input: id, output: reproductionSchema.nullable() },
  queue: { input: z.object({}), output: queueSchema },
  /** Nothing trains until it is continued. A run under way stops after its step and waits, first in line, at its last checkpoint. */
  pauseQueue: { input: z.object({}), output: queueSchema },
  continueQueue: { input: z.object({}), output: queueSchema },
  /** Puts a waiting run before another one that waits, or last. */
  moveInQueue: { input: id.extend({ before: z.int().nullable() }), output: queueSchema },
  /** Name, notes, tags and the star; what is left out stays as it is. */
  annotate: { input: id.extend({ name: runNameSchema.optional(), ...annotationSchema.shape }), output: runSchema },
  /** Puts runs into the bin, all or none: they are not listed or compared any more. Refused while one of them trains or waits. */
  bin: { input: ids, output: z.object({}) },
  restore: { input: ids, output: z.object({}) },
  /** What deleting runs for good would free, and what would go with them: ensembles that they belong to. */
  dependents: {
    input: ids,
    output: z.object({ bytes: z.number(), ensembles: z.array(z.object({ id: z.int(), name: z.string() })) }),
  },
  /** Deletes runs for good, all or none; only from the bin, and none that an ensemble is made of. Their scans stay. */
  purge: { input: ids, output: z.object({ bytes: z.number() }) },
  /** Runs as one file, with their splits, metrics, predictions, weights and provenance, and their dataset, its sequences or not. */
  share: { input: ids.extend({ sequences: z.boolean() }), output: file, progress: stageProgressSchema },
  /** Looks at such a file and keeps nothing. A foreign or damaged one is refused with the reason. */
  inspectShared: { input: z.object({ source: sourceSchema }), output: sharedExperimentSchema },
  /** Takes what a file holds into the workspace, whole or not at all; runs that are here already stay as they are. */
  takeShared: { input: z.object({ source: sourceSchema }), output: z.array(runSchema), progress: stageProgressSchema },
} as const satisfies Calls

export const ensembles = {
  /** Those in the bin among them. */
  list: { input: z.object({}), output: z.array(ensembleSchema) },
  /** Refused where the runs are not completed, of several datasets or targets, or share no test element. */
  make: {
    input: z.object({ name: z.string().trim().min(1).max(200), runs: z.array(z.int()).min(2).max(100) }),
    output: ensembleSchema,
  },
  rename: { input: id.extend({ name: z.string().trim().min(1).max(200) }), output: ensembleSchema },
  remove: { input: id, output: ensembleSchema },
  restore: { input: id, output: ensembleSchema },
  /** Deletes it for good; only from the bin. Its scans stay. */
  purge: { input: id, output: z.object({}) },
} as const satisfies Calls
