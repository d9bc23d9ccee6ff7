import { z } from 'zod'

/** The runs that wait for the engine, and how they are taken from there. */
export const queueSchema = z.object({
  /** While it is paused nothing trains; a run that was under way waits at its last checkpoint, first in line. */
  paused: z.boolean(),
  /** Ids in the order in which they start. */
  waiting: z.array(z.int()),
  /** Runs that train at once, and why so many, in words. */
  atOnce: z.object({ runs: z.int().min(1), reason: z.string() }),
})
export type Queue = z.infer<typeof queueSchema>

/** What a launch would cost, by a measured second of training on this machine. */
export const estimateSchema = z.object({
  /** Runs that would be made. */
  runs: z.int(),
  /**
   * From the start of the first run to the end of the last, with as many at once as the queue trains; patience may end them sooner.
   * Null where the engine cannot train, or a run trains and nothing of the kind was ever measured.
   */
  seconds: z.number().nullable(),
  /** Means over the recipes and splits; without the variants of which nothing is known. */
  variants: z.array(z.object({ variant: z.string(), secondsARun: z.number(), rowsPerSecond: z.number() })),
  /** Seconds of the runs that wait or train before these; null where they are not known. */
  secondsBefore: z.number().nullable(),
  /** Of checkpoints, weights and predictions, and what is free on the workspace's disk. */
  bytes: z.number(),
  freeBytes: z.number(),
  /** On what it was measured, as `tensorflow on CPU`; null where that is not known. */
  engine: z.string().nullable(),
  /** Whether the engine can train, as far as is known. */
  canTrain: z.boolean(),
  /** Some of it comes from runs of another configuration: while a run trains nothing is measured. */
  rough: z.boolean().default(false),
})
export type Estimate = z.infer<typeof estimateSchema>
