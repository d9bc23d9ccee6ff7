import { z } from 'zod'
import { measuresSchema } from './measures.ts'
import { variantSchema } from './variants.ts'

/** Measures of one run on the test part in one cell type (`all` for all rows together). */
export const comparisonRowSchema = measuresSchema.extend({
  run: z.int(),
  variant: variantSchema,
  cellType: z.string(),
})
export type ComparisonRow = z.infer<typeof comparisonRowSchema>

export const comparisonSchema = z.object({
  dataset: z.int(),
  cellTypes: z.array(z.string()),
  /** Elements of the test part that every compared run shares. */
  testElements: z.int(),
  rows: z.array(comparisonRowSchema),
  /** Runs that were left out, and why: they were tested on other elements. */
  leftOut: z.array(z.object({ run: z.int(), reason: z.string() })),
})
export type Comparison = z.infer<typeof comparisonSchema>
