import { z } from 'zod'
import { splitSchema } from './split.ts'

/** Names that stand on one side only, with the first few as they are written in the file. */
const unmatchedSideSchema = z.object({ count: z.int().min(0), first: z.array(z.string()) })

/** Sequence shared by the start or end of all records: the construct's, not the element's. */
export const adaptersSchema = z.object({
  prefix: z.string(),
  suffix: z.string(),
  /** True when both are the known lentiMPRA pair. */
  known: z.boolean(),
})
export type Adapters = z.infer<typeof adaptersSchema>

/** Something that the importer saw and let pass, with a count and the first examples. */
export const importNoteSchema = z.object({
  kind: z.enum([
    'duplicate-names',
    'duplicate-sequences',
    'reverse-complements',
    'ambiguous-letters',
    'lengths',
    'low-barcodes',
    'missing-cell-types',
    'duplicate-rows',
    'not-dna',
    'conflicting-names',
    'outside-chromosome',
    'excel-dates',
    'missing-replicates',
    'not-finite',
    'no-dna',
    'outliers',
    'disagreeing-replicates',
    'other',
  ]),
  /** One plain sentence: what was seen, and what was done about it. */
  message: z.string(),
  count: z.int().min(0),
  examples: z.array(z.object({ name: z.string(), file: z.string().optional(), line: z.int().optional() })),
})
export type ImportNote = z.infer<typeof importNoteSchema>

export const importReportSchema = z.object({
  files: z.array(z.object({ name: z.string(), role: z.string(), rows: z.int(), sha256: z.string() })),
  unmatched: z.object({
    /** Sequences without any activity. */
    sequences: unmatchedSideSchema,
    /** Activity names without a sequence, per cell type and altogether. */
    activities: unmatchedSideSchema,
    activitiesByCellType: z.record(z.string(), unmatchedSideSchema),
  }),
  /** Replicate rows dropped for fewer barcodes than the minimum. */
  belowMinimumBarcodes: z.int().min(0),
  notes: z.array(importNoteSchema),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const datasetCellTypeSchema = z.object({
  name: z.string(),
  /** Elements with an activity in this cell type. */
  measured: z.int(),
  replicates: z.int(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  /** Mean pairwise Pearson r between replicates; null with fewer than two. */
  replicateR: z.number().nullable(),
  /** The highest Pearson r that the assay's noise lets any model reach (science.md); null with fewer than two replicates. */
  ceiling: z.number().nullable(),
})
export type DatasetCellType = z.infer<typeof datasetCellTypeSchema>

export const datasetSummarySchema = z.object({
  id: z.int(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  simulated: z.boolean(),
  elements: z.int(),
  /** Element × cell type with an activity. */
  rows: z.int(),
  /** Length of the longest sequence, in bases, adapters included; 0 where it came with shared runs and without its sequences. */
  length: z.int(),
  cellTypes: z.array(datasetCellTypeSchema),
  minimumBarcodes: z.int(),
  fingerprint: z.string(),
  unmatched: z.object({ sequences: z.int(), activities: z.int() }),
  notes: z.string(),
  tags: z.array(z.string()),
  starred: z.boolean(),
  /** Since when it is in the bin; null where it is not. */
  binnedAt: z.iso.datetime().nullable(),
})
export type DatasetSummary = z.infer<typeof datasetSummarySchema>

/** Whether a dataset has its sequences. One that came with shared runs may be without: then its longest has no bases. */
export function hasSequences({ length }: Pick<DatasetSummary, 'length'>): boolean {
  return length > 0
}

export const histogramSchema = z.object({
  /** Bin edges in log2(RNA/DNA), one more than counts. */
  edges: z.array(z.number()),
  counts: z.array(z.int()),
})
export type Histogram = z.infer<typeof histogramSchema>

export const datasetDetailSchema = datasetSummarySchema.extend({
  adapters: adaptersSchema,
  report: importReportSchema,
  splits: z.array(splitSchema),
  distributions: z.record(z.string(), histogramSchema),
})
export type DatasetDetail = z.infer<typeof datasetDetailSchema>

export const elementSchema = z.object({
  name: z.string(),
  sequence: z.string(),
  /** log2(RNA/DNA) in the order of the dataset's cell types; null where not measured. */
  activities: z.array(z.number().nullable()),
})
export type Element = z.infer<typeof elementSchema>
