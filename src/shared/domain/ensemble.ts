import { z } from 'zod'
import { targetSchema } from './recipe.ts'

/**
 * Several completed runs of one dataset and one target as a model of its own: its prediction is the mean of theirs, its
 * uncertainty their standard deviation (n − 1). It is tested on the elements that are in the test part of every member.
 */
export const ensembleSchema = z.object({
  id: z.int(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  /** Since when it is in the bin; null while it is not. */
  removedAt: z.iso.datetime().nullable(),
  dataset: z.int(),
  datasetName: z.string(),
  runs: z.array(z.int()).min(2),
  target: targetSchema,
  cellTypes: z.array(z.string()),
  /** Bases that it reads. */
  length: z.int(),
  /** Elements in the test part of all members. */
  testElements: z.int(),
})
export type Ensemble = z.infer<typeof ensembleSchema>
