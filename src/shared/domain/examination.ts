import { z } from 'zod'
import { densitySchema } from './explore.ts'

/** Rows of a kind, and how far the predictions of them are off. Activities in units of the target. */
const residualBinSchema = z.object({
  label: z.string(),
  n: z.int(),
  /** Predicted minus measured: the mean, and the 5th, 25th, 50th, 75th and 95th percentile; null without rows. */
  mean: z.number().nullable(),
  percentiles: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]).nullable(),
})
export type ResidualBin = z.infer<typeof residualBinSchema>

/** One member of a line in one cell type, looked at closely. */
const examinedCellTypeSchema = z.object({
  cellType: z.string(),
  /** Measured (x) against predicted (y). */
  density: densitySchema,
  /** Rows in ten bins of equal count by prediction: the mean predicted and the mean measured, with the standard error of the latter. */
  calibration: z.array(z.object({ predicted: z.number(), measured: z.number(), standardError: z.number().nullable(), n: z.int() })),
  byActivity: z.array(residualBinSchema),
  byGc: z.array(residualBinSchema),
  /** By the motif family whose best hit an element has (`none` without one); empty where motifs were not asked for. */
  byMotif: z.array(residualBinSchema),
})

export const examinationSchema = z.object({
  line: z.string(),
  label: z.string(),
  cellTypes: z.array(examinedCellTypeSchema),
  /** For each pair of cell types: the measured (x) against the predicted (y) difference, first minus second. */
  differences: z.array(z.object({ first: z.string(), second: z.string(), density: densitySchema })),
})
export type Examination = z.infer<typeof examinationSchema>

/** An element on which two lines disagree. Predictions are means over the line's members. */
export const disagreementSchema = z.object({
  position: z.int(),
  name: z.string(),
  sequence: z.string(),
  cellType: z.string(),
  measured: z.number().nullable(),
  a: z.number(),
  b: z.number(),
})
export type Disagreement = z.infer<typeof disagreementSchema>
