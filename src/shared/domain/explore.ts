import { z } from 'zod'
import { int32Schema } from '../contract/binary.ts'
import { elementSchema, histogramSchema } from './dataset.ts'
import { parts } from './split.ts'

/** Where bins lie on an axis: `count` of them, `width` wide, from `from` on. */
const binsSchema = z.object({ from: z.number(), width: z.number(), count: z.int() })
export type Bins = z.infer<typeof binsSchema>

/** How many pairs of values fall where: what a scatter plot of thousands of points would hide. */
export const densitySchema = z.object({
  x: z.string(),
  y: z.string(),
  /** Elements with both values. */
  n: z.int(),
  /** Their Pearson r; null where it is not defined. */
  r: z.number().nullable(),
  /** The same for both axes, so that the diagonal is where the two agree. */
  bins: binsSchema,
  /** Pairs in each bin, row-major [y, x]. */
  counts: int32Schema,
  /** Pairs beyond the axes: a few extreme values that would squeeze all others together. */
  outside: z.int(),
})
export type Density = z.infer<typeof densitySchema>

/** An element that is active in one cell type above all. */
const specificElementSchema = z.object({
  position: z.int(),
  name: z.string(),
  /** Its specificity in the cell type (`shared/stats/specificity.ts`), by the statistics of the whole dataset. */
  score: z.number(),
  activities: z.array(z.number().nullable()),
})
export type SpecificElement = z.infer<typeof specificElementSchema>

export const exploredCellTypeSchema = z.object({
  name: z.string(),
  measured: z.int(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  replicates: z.array(z.string()),
  replicateR: z.number().nullable(),
  ceiling: z.number().nullable(),
  /** In the same bins in every cell type, and so are the barcodes. */
  activity: histogramSchema,
  /** Mean barcodes a replicate of each element; null where the file counts none. */
  barcodes: histogramSchema.nullable(),
  specific: z.array(specificElementSchema),
})
export type ExploredCellType = z.infer<typeof exploredCellTypeSchema>

/** What a dataset looks like through a filter. */
export const explorationSchema = z.object({
  /** Elements of the dataset, and those that the filter keeps. */
  total: z.int(),
  elements: z.int(),
  /** Element × cell type with an activity among those. */
  rows: z.int(),
  /** The cell types looked at: those of the filter, at most the first eight. */
  cellTypes: z.array(exploredCellTypeSchema),
  /** Cell types that are there and were not looked at. */
  furtherCellTypes: z.int(),
  between: z.array(densitySchema),
  replicates: z.array(densitySchema.extend({ cellType: z.string() })),
  length: histogramSchema,
  gc: histogramSchema,
})
export type Exploration = z.infer<typeof explorationSchema>

/** What there is to filter by. */
export const facetsSchema = z.object({
  labels: z.array(z.object({ column: z.string(), values: z.array(z.object({ value: z.string(), count: z.int() })), more: z.int() })),
  length: z.object({ from: z.int(), to: z.int() }),
  gc: z.object({ from: z.number(), to: z.number() }),
  /** False where no file counted barcodes. */
  countsBarcodes: z.boolean(),
})
export type Facets = z.infer<typeof facetsSchema>

/** A line of the element browser. */
export const elementRowSchema = elementSchema.extend({
  /** In the dataset's order, from 0: what `datasets.element` asks for. */
  position: z.int(),
  length: z.int(),
  /** Null where it has no A, C, G or T. */
  gc: z.number().nullable(),
  /** Mean barcodes a replicate; null where they are not known. */
  barcodes: z.number().nullable(),
  /** In the order of the dataset's cell types; null where it is not defined. */
  specificity: z.array(z.number().nullable()),
})
export type ElementRow = z.infer<typeof elementRowSchema>

/** A column by which elements are sorted; `cellType` for the two that there are of each. */
export const elementSortSchema = z.object({
  by: z.enum(['name', 'length', 'gc', 'barcodes', 'activity', 'specificity']),
  cellType: z.string().optional(),
  descending: z.boolean(),
})
export type ElementSort = z.infer<typeof elementSortSchema>

/** All that is known of one element. */
export const elementDetailSchema = elementRowSchema.extend({
  measurements: z.array(
    z.object({
      cellType: z.string(),
      activity: z.number().nullable(),
      replicates: z.array(
        z.object({
          name: z.string(),
          activity: z.number().nullable(),
          barcodes: z.int().nullable(),
          /** False where it has fewer barcodes than the dataset's minimum, so that the mean is made without it. */
          counts: z.boolean(),
        }),
      ),
    }),
  ),
  labels: z.array(z.object({ column: z.string(), value: z.string() })),
  splits: z.array(z.object({ name: z.string(), part: z.enum(parts) })),
  /** Its group: elements whose sequences are equal, reverse complements, or overlap, itself left out; the first hundred. */
  group: z.object({
    others: z.int(),
    first: z.array(
      z.object({
        position: z.int(),
        name: z.string(),
        relation: z.enum(['equal', 'reverse complement', 'overlap']),
        activities: z.array(z.number().nullable()),
      }),
    ),
  }),
})
export type ElementDetail = z.infer<typeof elementDetailSchema>
