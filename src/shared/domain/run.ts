import { z } from 'zod'
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

/** One point of the learning curves. Losses are mean squared errors in log2 units squared. */
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
})
export type Epoch = z.infer<typeof epochSchema>

export const runSchema = z.object({
  id: z.int(),
  experiment: z.int(),
  dataset: z.int(),
  datasetName: z.string(),
  split: z.int(),
  splitKind: splitKindSchema,
  variant: variantSchema,
  recipe: recipeSchema,
  seed: z.int(),
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

export const runDetailSchema = runSchema.extend({
  curve: z.array(epochSchema),
  cellTypes: z.array(z.string()),
  parameters: z.int().nullable(),
  versions: z.record(z.string(), z.string()),
})
export type RunDetail = z.infer<typeof runDetailSchema>

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
