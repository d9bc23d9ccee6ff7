import { z } from 'zod'
import { float32Schema } from '../contract/binary.ts'

/** How peaks are called along a sequence; stated beside them wherever they are shown or saved. */
export const peakRuleSchema = z.object({
  /** Key of the scored column. */
  column: z.string(),
  /** Windows at or above this percentile are active, 0 to 100. */
  percentile: z.number().min(0).max(100).default(95),
  /** Of what: the shuffled sequences' scores, the training part's activities, or the scan's own windows. */
  against: z.enum(['shuffled', 'training', 'windows']).default('shuffled'),
  /** Active windows with at most so many bases between them are one peak. */
  mergeDistance: z.int().min(0).max(1_000_000).default(100),
})
export type PeakRule = z.infer<typeof peakRuleSchema>

/** A stretch of active windows. Coordinates are 0-based, the end not in it, as in BED. */
export const peakSchema = z.object({
  /** Of the sequence in the scan. */
  position: z.int(),
  sequence: z.string(),
  start: z.int(),
  end: z.int(),
  /** The highest window's middle base. */
  summit: z.int(),
  /** Of the highest window, by column of the scan. */
  scores: z.array(z.number()),
  /** Of that window in the rule's column; null where the model has one cell type. */
  specificity: z.number().nullable(),
  windows: z.int(),
})
export type Peak = z.infer<typeof peakSchema>

export const annotationFeatureSchema = z.object({
  start: z.int(),
  end: z.int(),
  strand: z.enum(['+', '-', '.']),
  name: z.string(),
  type: z.string(),
})
export type AnnotationFeature = z.infer<typeof annotationFeatureSchema>

/** A stretch of a scored sequence, drawn in so many bins. */
export const locusSchema = z.object({
  position: z.int(),
  name: z.string(),
  length: z.int(),
  /** What is drawn; 0-based, the end not in it. */
  from: z.int(),
  to: z.int(),
  stride: z.int(),
  windowLength: z.int(),
  /** Middle of each bin, in bases. */
  at: float32Schema,
  /** One a scored column: the lowest, mean and highest window whose middle is in the bin; NaN where there is none. */
  tracks: z.array(z.object({ column: z.string(), low: float32Schema, mean: float32Schema, high: float32Schema })),
  /** Share of G and C in each bin; NaN where there is no base. */
  gc: float32Schema,
  /** The bases themselves where the stretch is short enough to read; null otherwise. */
  bases: z.string().nullable(),
  annotations: z.array(annotationFeatureSchema),
})
export type Locus = z.infer<typeof locusSchema>

/** A motif's match in a sequence. Coordinates as in BED. */
export const motifHitSchema = z.object({
  motif: z.string(),
  /** Id in the library, as `MA0039.4`. */
  id: z.string(),
  family: z.string(),
  start: z.int(),
  end: z.int(),
  strand: z.enum(['+', '-']),
  /** Log-odds in bits against the uniform background. */
  score: z.number(),
  /** Of a random sequence's scoring as high at one place. */
  p: z.number(),
})
export type MotifHit = z.infer<typeof motifHitSchema>

/** All that is known of one scored sequence. */
export const scannedSequenceSchema = z.object({
  /** As it was read: upper case, U as T. The first 100,000 bases of a longer one. */
  bases: z.string(),
  /** Of the sequence, or of its best window: the score of each strand alone, by column. Null where the model is gone. */
  strands: z.object({ forward: z.array(z.number()), reverse: z.array(z.number()) }).nullable(),
  /** Where the strands' scores are of: the whole, or the best window of the first column. */
  scored: z.object({ start: z.int(), end: z.int() }),
  seen: z.array(
    z.object({
      element: z.string(),
      part: z.enum(['train', 'validation', 'test']),
      relation: z.enum(['exact', 'reverse complement', 'overlap']),
      /** In the order of the dataset's cell types, log2; null where not measured. */
      activities: z.array(z.number().nullable()),
    }),
  ),
  motifs: z.array(motifHitSchema),
  /** The library and the threshold, in words. */
  motifSource: z.string(),
})
export type ScannedSequence = z.infer<typeof scannedSequenceSchema>

/** Where the scores of a column lie, beside what the model learned from and what chance gives. */
export const scoreHistogramSchema = z.object({
  column: z.string(),
  from: z.number(),
  width: z.number(),
  /** Sequences (or windows) in each bin. */
  scores: z.array(z.int()),
  /** The training part's measured activities, in the scan's target; null where they are not known. */
  training: z.array(z.int()).nullable(),
  shuffled: z.array(z.int()).nullable(),
})
export type ScoreHistogram = z.infer<typeof scoreHistogramSchema>

export const scanExportFormats = ['tsv', 'xlsx', 'fasta', 'bed', 'bedgraph', 'bigwig', 'gff3'] as const
