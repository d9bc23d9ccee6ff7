import { z } from 'zod'
import { certaintySchema, comparedCurveSchema, comparisonSchema, comparisonSelectionSchema } from '../../domain/comparison.ts'
import { disagreementSchema, examinationSchema } from '../../domain/examination.ts'
import { measureNames } from '../../domain/measures.ts'
import type { Calls } from '../contract.ts'
import { file, page, stageProgressSchema } from './inputs.ts'

export const comparisons = {
  compare: { input: comparisonSelectionSchema, output: comparisonSchema },
  /** Intervals, differences and verdicts of one measure, by bootstrap over the test groups. */
  certainty: {
    input: comparisonSelectionSchema.extend({
      measure: z.enum(measureNames),
      resamples: z.int().min(100).max(10_000).default(1000),
      seed: z.int().min(0).default(1),
    }),
    output: certaintySchema,
    progress: stageProgressSchema,
  },
  curves: { input: comparisonSelectionSchema, output: z.array(comparedCurveSchema) },
  /** A line's predictions looked at closely: those of one of its members, by its place, or the mean over them. */
  examine: {
    input: comparisonSelectionSchema.extend({
      line: z.string(),
      member: z.int().min(0).nullable().default(null),
      motifs: z.boolean().default(false),
    }),
    output: examinationSchema,
  },
  /** The elements on which two lines' predictions differ most, by the absolute difference. */
  disagreements: {
    input: comparisonSelectionSchema.extend({ a: z.string(), b: z.string(), cellType: z.string(), ...page }),
    output: z.object({ total: z.int(), elements: z.array(disagreementSchema) }),
  },
  /** Every compared element with its measured activity and each line's prediction, in each cell type, as a TSV. */
  predictions: { input: comparisonSelectionSchema, output: file },
} as const satisfies Calls

export const reports = {
  /** The comparison as a document: question, data with QC, methods, results, figures, provenance; or all its tables as a workbook. */
  make: {
    input: comparisonSelectionSchema.extend({
      measure: z.enum(measureNames).default('pearson'),
      /** What the person asks of the data, in their words; empty for the workbench's own. */
      question: z.string().trim().max(2000).default(''),
      format: z.enum(['html', 'pdf', 'xlsx']),
    }),
    output: file,
    progress: stageProgressSchema,
  },
  /** Any table as a workbook of one sheet. Names stay as they are: no cell that is text becomes a number or a date. */
  workbook: {
    input: z.object({
      name: z.string().min(1),
      header: z.array(z.string()),
      rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).max(1_048_575),
    }),
    output: file,
  },
} as const satisfies Calls
