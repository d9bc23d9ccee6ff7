import { z } from 'zod'
import { elementFilterSchema } from './elementFilter.ts'
import { measureNames, measuresSchema } from './measures.ts'
import { targetSchema } from './recipe.ts'
import { epochSchema } from './run.ts'
import { variantSchema } from './variants.ts'

/** What is to be compared. What is left out asks for nothing. */
export const comparisonSelectionSchema = z.object({
  dataset: z.int(),
  /** All completed runs of the dataset where not given. */
  runs: z.array(z.int()).optional(),
  ensembles: z.array(z.int()).default([]),
  /** Only the test elements that it keeps, the same for all. */
  filter: elementFilterSchema.prefault({}),
  /** The key of one of the comparison's `sets`; where not given, the set with the most runs, of equal ones with the newest, but none of kind `shared`. */
  set: z.string().optional(),
})
export type ComparisonSelection = z.infer<typeof comparisonSelectionSchema>

/**
 * Runs that can stand side by side: they predict the same target of the same elements.
 * - `test`: all were tested on the very same elements.
 * - `folds`: each line's runs are the folds of a split; every element is predicted by the run that did not see it.
 * - `shared`: runs of several splits, over the elements that are in the test part of all of them, 30 at least. Of specificity there is
 *   none: its unit is the statistics of the training part.
 */
export const comparableSetSchema = z.object({
  key: z.string(),
  kind: z.enum(['test', 'folds', 'shared']),
  /** In words, as `By group, seed 1`. */
  label: z.string(),
  target: targetSchema,
  runs: z.array(z.int()),
  /** Elements that all of them predict unseen, before the filter. */
  elements: z.int(),
})
export type ComparableSet = z.infer<typeof comparableSetSchema>

/**
 * A line of the matrix: runs that differ in nothing but their seed (and, in a set of folds, their fold), or an ensemble. A run that repeats
 * another, with the same seed, is left out.
 */
export const comparisonLineSchema = z.object({
  key: z.string(),
  /** As `embedding`; with what else tells it from the other lines of its variant, as the recipe. */
  label: z.string(),
  /** Null for an ensemble. */
  variant: variantSchema.nullable(),
  ensemble: z.int().nullable(),
  /** Each a set of predictions of all compared elements: one a seed. Several runs where they are the folds of one split, or an ensemble's. */
  members: z.array(z.object({ seed: z.int().nullable(), runs: z.array(z.int()).min(1) })).min(1),
})
export type ComparisonLine = z.infer<typeof comparisonLineSchema>

/** Measures of one member of a line in one cell type (`all` for all rows together). */
export const comparisonRowSchema = measuresSchema.extend({
  line: z.string(),
  /** Null for an ensemble, and for the folds of a split together. */
  run: z.int().nullable(),
  ensemble: z.int().nullable(),
  variant: variantSchema.nullable(),
  seed: z.int().nullable(),
  cellType: z.string(),
})
export type ComparisonRow = z.infer<typeof comparisonRowSchema>

export const comparisonSchema = z.object({
  dataset: z.int(),
  cellTypes: z.array(z.string()),
  target: targetSchema,
  /** All sets of the runs asked for; `set` is the key of the one on show, null where nothing can be compared. */
  sets: z.array(comparableSetSchema),
  set: z.string().nullable(),
  /** Elements of the test part that every compared line predicts and that the filter keeps, and the groups that they are in. */
  testElements: z.int(),
  groups: z.int(),
  /**
   * The highest Pearson r that the assay's noise allows, by cell type: of the dataset, or where a filter is set among the elements that it
   * keeps, 30 at least. Null where it is not known, or for another target than log2.
   */
  ceilings: z.array(z.number().nullable()),
  lines: z.array(comparisonLineSchema),
  rows: z.array(comparisonRowSchema),
  /** Runs and ensembles that were left out, and why. */
  leftOut: z.array(z.object({ run: z.int().nullable(), ensemble: z.int().nullable(), reason: z.string() })),
})
export type Comparison = z.infer<typeof comparisonSchema>

/**
 * How sure a measure is: 95 % percentile intervals by bootstrap over groups, the same resamples for all lines. Each is at 95 % by itself: none is
 * widened for the number of lines or cell types. Null where there are fewer than ten groups, or the measure is often not defined.
 * Refused for more than 50 lines.
 */
export const certaintySchema = z.object({
  measure: z.enum(measureNames),
  resamples: z.int(),
  seed: z.int(),
  groups: z.int(),
  /** One for each line and cell type (`all` among them). */
  cells: z.array(
    z.object({
      line: z.string(),
      cellType: z.string(),
      /** Rows of each member. */
      n: z.int(),
      /** Over the members; null where it is not defined for one of them. */
      mean: z.number().nullable(),
      /** Over the members (n − 1); null with one. */
      sd: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** Whether the paired bootstrap tells no other line to be better, and tells at least one to be worse. */
      best: z.boolean(),
    }),
  ),
  /** Every pair of lines in every cell type: `difference` is the mean of `a` minus that of `b`. */
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      cellType: z.string(),
      difference: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** The better line, where the interval leaves out zero; null where nothing can be told. */
      better: z.string().nullable(),
    }),
  ),
  /** One sentence a cell type, `all` last. */
  verdicts: z.array(z.object({ cellType: z.string(), sentence: z.string() })),
})
export type Certainty = z.infer<typeof certaintySchema>

/** The learning curve of a run of a comparison. */
export const comparedCurveSchema = z.object({ run: z.int(), line: z.string(), curve: z.array(epochSchema) })
export type ComparedCurve = z.infer<typeof comparedCurveSchema>
