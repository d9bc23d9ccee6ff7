import { z } from 'zod'
import { variantSchema } from './variants.ts'

/** What an experiment's file holds, told before it is taken in. */
export const sharedExperimentSchema = z.object({
  file: z.string(),
  bytes: z.int(),
  dataset: z.object({
    name: z.string(),
    fingerprint: z.string(),
    elements: z.int(),
    cellTypes: z.array(z.string()),
    /** Without its sequences runs can be looked at and compared, and their models score; nothing can be trained on it. */
    sequences: z.boolean(),
    /** The dataset of this workspace with the same content; null where there is none, so that it is brought along. */
    here: z.int().nullable(),
  }),
  splits: z.array(z.string()),
  runs: z.array(
    z.object({
      variant: variantSchema,
      seed: z.int(),
      testPearson: z.number().nullable(),
      /** The run of this workspace that came from the same run; null where there is none. */
      here: z.int().nullable(),
    }),
  ),
})
export type SharedExperiment = z.infer<typeof sharedExperimentSchema>
