import { z } from 'zod'
import { machineSchema, stretchSchema } from './model.ts'
import { recipeSchema } from './recipe.ts'
import { splitKindSchema } from './split.ts'
import { variantSchema } from './variants.ts'

/** queued → starting → running → cancelling → completed | cancelled | failed | interrupted */
export const runStates = ['queued', 'starting', 'running', 'cancelling', 'completed', 'cancelled', 'failed', 'interrupted'] as const
export const runStateSchema = z.enum(runStates)
export type RunState = z.infer<typeof runStateSchema>

/** States in which a run holds, or waits for, the engine. */
export const activeRunStates: readonly RunState[] = ['queued', 'starting', 'running', 'cancelling']
/** States from which a run can be started again. */
export const restartableRunStates: readonly RunState[] = ['cancelled', 'failed', 'interrupted']

/** One point of the learning curves. Losses are the recipe's, so of `mse` in squared units of the target. */
export const epochSchema = z.object({
  /** Counted from 1. */
  epoch: z.int().min(1),
  trainLoss: z.number(),
  /** Null where the validation part is empty. */
  validationLoss: z.number().nullable(),
  /** Over all rows of the validation part; null where not defined. */
  validationPearson: z.number().nullable(),
  learningRate: z.number(),
  seconds: z.number(),
  /** Of the validation part, in the dataset's order of cell types; empty for an epoch of an earlier version of the workbench. */
  cellTypePearsons: z.array(z.number().nullable()).default([]),
})
export type Epoch = z.infer<typeof epochSchema>

export const runSchema = z.object({
  id: z.int(),
  experiment: z.int(),
  dataset: z.int(),
  datasetName: z.string(),
  split: z.int(),
  splitKind: splitKindSchema,
  /** Unique among the dataset's splits; the split of a run is never renamed. */
  splitName: z.string(),
  splitSeed: z.int(),
  variant: variantSchema,
  recipe: recipeSchema,
  seed: z.int(),
  /** What the person calls it; empty where they have not named it. */
  name: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  starred: z.boolean(),
  /** Since when it is in the bin; null while it is not. */
  binnedAt: z.iso.datetime().nullable(),
  state: runStateSchema,
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** Engine that trained it, as `tensorflow on CPU`; null before the start. */
  engine: z.string().nullable(),
  /** Epochs finished so far. */
  epochs: z.int().min(0),
  /** Seconds of training so far, over all starts. */
  seconds: z.number(),
  rowsPerSecond: z.number().nullable(),
  /** Why a run failed or was interrupted, or why one that is queued waits for nothing, in words. */
  message: z.string().nullable(),
  /** Pearson over all rows of the test part, once completed; null where not defined. */
  testPearson: z.number().nullable(),
})
export type Run = z.infer<typeof runSchema>

/** On what a run trained, beside its configuration. Machine, engine and versions of a run are those of its last start. */
export const provenanceSchema = z.object({
  machine: machineSchema,
  /** Where it was begun on another engine or machine, or in other versions; in order. */
  earlier: z.array(stretchSchema).default([]),
  /** What the engine did otherwise than the recipe says, a sentence or two each. */
  notes: z.array(z.string()).default([]),
  /** Of the dataset's content. */
  datasetFingerprint: z.string(),
  /** Of which element is in which part. */
  splitFingerprint: z.string(),
})
export type Provenance = z.infer<typeof provenanceSchema>

export const runDetailSchema = runSchema.extend({
  curve: z.array(epochSchema),
  cellTypes: z.array(z.string()),
  parameters: z.int().nullable(),
  versions: z.record(z.string(), z.string()),
  /** Null before the start, and for a run of an earlier version of the workbench. */
  provenance: provenanceSchema.nullable(),
  /** The run that this one repeats; null for one that repeats none. */
  reproduces: z.int().nullable(),
})
export type RunDetail = z.infer<typeof runDetailSchema>

/** What the person says of a run, beside notes, tags and the star. */
export const runNameSchema = z.string().trim().max(200)

/** How the weights of a run compare with those of the run that it repeats. */
export const reproductionSchema = z.object({
  /** The run that is repeated. */
  original: z.int(),
  /** Whether all weights are equal, byte by byte. */
  equal: z.boolean(),
  /** Between two weights of the same place. */
  largestDifference: z.number(),
  /** What was otherwise than for the original: a sentence each. */
  differences: z.array(z.string()),
})
export type Reproduction = z.infer<typeof reproductionSchema>

/** Where a run stands within its epoch. */
export const runProgressSchema = z.object({
  run: z.int(),
  epoch: z.int(),
  step: z.int(),
  steps: z.int(),
  rowsPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
})
export type RunProgress = z.infer<typeof runProgressSchema>
