import { z } from 'zod'
import { engineNameSchema, engineReportSchema } from '../domain/engine.ts'
import { recipeSchema } from '../domain/recipe.ts'
import { epochSchema } from '../domain/run.ts'
import { variantSchema } from '../domain/variants.ts'
import { bytesSchema, float32Schema, int32Schema } from './binary.ts'
import type { Client, Contract, Handlers } from './contract.ts'

/**
 * A trained network: all that is needed to score with it. Tensors by name, float32, row-major. `calibration.scale` and
 * `calibration.offset`, [cellTypes], where they are there, put what it gives on the scale of its target.
 */
export const modelSchema = z.object({
  variant: variantSchema,
  /** Bases a sequence; shorter ones are padded with `PADDING` at the end of the caller's choice. */
  length: z.int().min(1),
  /** Cell types, the last axis of every score. */
  cellTypes: z.int().min(1),
  ambiguousBases: recipeSchema.shape.ambiguousBases,
  strands: recipeSchema.shape.strands,
  tensors: z.record(z.string(), z.object({ shape: z.array(z.int()), values: float32Schema })),
})
export type Model = z.infer<typeof modelSchema>

/**
 * Everything needed to go on after an epoch as if training had never stopped: the model's tensors, the best epoch's
 * tensors (where the recipe keeps the best), the optimiser's moments, counters. Data order and dropout follow from the
 * seed, the epoch and the step.
 */
export const checkpointSchema = z.object({
  epoch: z.int().min(0),
  /** Optimiser steps taken. */
  step: z.int().min(0),
  bestEpoch: z.int().min(0),
  bestPearson: z.number().nullable(),
  /**
   * Where the recipe's batches were too large for the device: sequences a batch since then, and the first epoch with so many.
   * `slow` where that was for the time of an operation, not for the memory.
   */
  halved: z.object({ batchSize: z.int().min(1), fromEpoch: z.int().min(1), slow: z.literal(true).optional() }).optional(),
  /** Named as in `Model`, with the prefixes `model/`, `best/`, `moment1/` and `moment2/`. */
  tensors: z.record(z.string(), z.object({ shape: z.array(z.int()), values: float32Schema })),
})
export type Checkpoint = z.infer<typeof checkpointSchema>

export const trainingJobSchema = z.object({
  variant: variantSchema,
  recipe: recipeSchema,
  seed: z.int().min(0),
  length: z.int().min(1),
  cellTypes: z.int().min(1),
  /** Base codes (`shared/dna/bases.ts`), one byte a base: [elements, length]. */
  bases: bytesSchema,
  /** The recipe's target, log2(RNA/DNA) or specificity, NaN where not measured: [elements, cellTypes]. */
  activities: float32Schema,
  /** Element indices of each part. */
  train: int32Schema,
  validation: int32Schema,
  test: int32Schema,
  resume: checkpointSchema.nullable(),
})
export type TrainingJob = z.infer<typeof trainingJobSchema>

/** In this order: `started` once, then `step` and perhaps a `note` now and then and after each epoch its `epoch`, with the checkpoint that belongs to it. */
export const trainingProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), engine: z.string(), parameters: z.int(), versions: z.record(z.string(), z.string()) }),
  z.object({
    kind: z.literal('step'),
    epoch: z.int(),
    step: z.int(),
    steps: z.int(),
    rowsPerSecond: z.number(),
    secondsLeft: z.number().nullable(),
  }),
  /** Something that belongs with the run's results, in words: its batches had to be halved. */
  z.object({ kind: z.literal('note'), message: z.string() }),
  z.object({ kind: z.literal('epoch'), epoch: epochSchema, rowsPerSecond: z.number(), checkpoint: checkpointSchema }),
])
export type TrainingProgress = z.infer<typeof trainingProgressSchema>

export const trainingResultSchema = z.object({
  model: modelSchema,
  /** Epochs finished, and the epoch whose weights the model has. */
  epochs: z.int(),
  epochOfWeights: z.int(),
  /** Predictions of the target in the order of the job's parts: [part's elements, cellTypes]. */
  predictions: z.object({ validation: float32Schema, test: float32Schema }),
})
export type TrainingResult = z.infer<typeof trainingResultSchema>

/** A training as far as it takes time. */
export const trainingToTimeSchema = trainingJobSchema.pick({ variant: true, recipe: true, length: true, cellTypes: true })
export type TrainingToTime = z.infer<typeof trainingToTimeSchema>

export const timedTrainingSchema = z.object({
  /** As `tensorflow on CPU`. */
  engine: z.string(),
  /** Sequences a step: the recipe's, or fewer where the device cannot take so many. */
  batchSize: z.int().min(1),
  secondsAStep: z.number().positive(),
  /** In evaluation mode, on the strands that the recipe scores with. */
  secondsASequenceScored: z.number().positive(),
  /** Before the first step: the compiling of what is computed. */
  secondsToStart: z.number().min(0),
})
export type TimedTraining = z.infer<typeof timedTrainingSchema>

/** Between the core and an engine process. Aborting `train` ends it after the current step; the last checkpoint stands. */
export const engineContract = {
  calls: {
    engine: {
      /** Takes a real training step on one engine, compares its numbers and times it. What fails is told, not thrown. */
      check: {
        input: z.object({ engine: engineNameSchema }),
        output: z.object({ report: engineReportSchema, versions: z.record(z.string(), z.string()) }),
      },
      /** Starts an engine: the best that works of those named, or of all. Tells which one is tried: a driver can take the process along. */
      start: {
        input: z.object({ engines: z.array(engineNameSchema).optional(), gpuOnly: z.boolean().optional() }),
        output: z.object({ name: engineNameSchema, device: z.string(), reason: z.string(), versions: z.record(z.string(), z.string()) }),
        progress: z.object({ trying: engineNameSchema }),
      },
      /** Answers at once, if the process can answer at all. */
      alive: { input: z.object({}), output: z.object({}) },
    },
    models: {
      train: { input: trainingJobSchema, output: trainingResultSchema, progress: trainingProgressSchema },
      /** Trains on random sequences for about a second, and tells how long it took. */
      timeTraining: { input: trainingToTimeSchema, output: timedTrainingSchema },
      /** Scores base codes in pairs (`shared/dna/codePairs.ts`): [sequences, pairsIn(model.length)] → [sequences, model.cellTypes]. */
      score: { input: z.object({ model: modelSchema, bases: bytesSchema }), output: z.object({ scores: float32Schema }) },
    },
  },
  events: {
    /** Once a second while the process's loop turns. */
    heartbeat: z.object({ at: z.number() }),
  },
} as const satisfies Contract
export type EngineContract = typeof engineContract
export type EngineClient = Client<EngineContract>
export type EngineHandlers = Handlers<EngineContract>
