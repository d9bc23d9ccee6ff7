import { z } from 'zod'
import { scorerReferenceSchema } from './model.ts'
import { targetSchema } from './recipe.ts'
import { sourceSchema } from './source.ts'
import { partSchema } from './split.ts'

export const scanStates = ['running', 'completed', 'cancelled', 'failed', 'interrupted'] as const
export const scanStateSchema = z.enum(scanStates)
export type ScanState = z.infer<typeof scanStateSchema>

/** A record that was not scored, and why, in words. */
export const skippedSchema = z.object({ name: z.string(), line: z.int(), reason: z.string() })
export type Skipped = z.infer<typeof skippedSchema>

/** Where a table has its names and sequences; names are line numbers where no column holds them. */
export const sequenceColumnsSchema = z.object({ name: z.string().nullable(), sequence: z.string() })
export type SequenceColumns = z.infer<typeof sequenceColumnsSchema>

/** How the records of a file come before the model. Lengths in bases. */
export const scanOptionsSchema = z.object({
  /** What becomes of a sequence that is longer than the model reads: windows along it, its middle alone, or nothing. */
  long: z.enum(['windows', 'middle', 'skip']).default('windows'),
  /** From the start of a window to that of the next. The last window ends with the sequence. */
  stride: z.int().min(1).max(100_000).default(20),
  /** Of a window; null for the bases that the model reads (between its adapters, where it was trained with them). */
  windowLength: z.int().min(1).max(1_000_000).nullable().default(null),
  /** What becomes of a sequence that is shorter than the model reads. */
  short: z.enum(['pad', 'skip']).default('pad'),
  /** Shorter ones are skipped: of a few bases among padding no model can tell anything. */
  shortest: z.int().min(1).default(20),
  /** Sequences with a larger share of letters other than A, C, G and T are skipped. */
  ambiguousShare: z.number().min(0).max(1).default(0.5),
  /** Strands that are averaged; `model` for those that it was trained to be read with. */
  strands: z.enum(['model', 'both', 'forward']).default('model'),
  /** Lines of records that the person takes out. */
  skip: z.array(z.int()).default([]),
  /** Of a table; null lets the workbench find them. */
  columns: sequenceColumnsSchema.nullable().default(null),
  /** The genome that a BED file's coordinates are of. */
  genome: sourceSchema.nullable().default(null),
  /** Sequences of the same dinucleotides, shuffled from the file's own, whose scores show what chance gives; 0 makes none. */
  shuffled: z.int().min(0).max(10_000).default(500),
  /** Of the shuffles. */
  seed: z.int().min(0).default(1),
  /** Whether each sequence is looked for in the data of the first model. */
  seen: z.boolean().default(true),
})
export type ScanOptions = z.infer<typeof scanOptionsSchema>

/** One class of records, how many there are, and what will happen to them. */
export const preflightClassSchema = z.object({
  kind: z.enum([
    'fits',
    'padded',
    'windows',
    'middle',
    'adapters-added',
    'adapters-missing',
    'lower-case',
    'rna',
    'ambiguous',
    'repeated-names',
    'repeated-sequences',
    'seen-in-training',
    'skipped',
  ]),
  level: z.enum(['info', 'warning', 'error']),
  count: z.int(),
  /** One plain sentence: what they are, and what will happen to them. */
  message: z.string(),
  first: z.array(z.object({ name: z.string(), line: z.int() })),
})
export type PreflightClass = z.infer<typeof preflightClassSchema>

/** Sequences that the model's dataset holds, equal or nearly: of these a score proves little. */
export const seenSchema = z.object({ part: partSchema, relation: z.enum(['exact', 'reverse complement', 'overlap']), count: z.int() })
export type Seen = z.infer<typeof seenSchema>

export const sequenceLayouts = ['fasta', 'plain', 'table', 'genbank', 'bed'] as const

/** What will happen to the records of a file, before anything is scored. */
export const preflightSchema = z.object({
  file: z.string(),
  layout: z.enum(sequenceLayouts),
  /** Of a table: its columns, and those that are taken; null for other layouts. */
  table: z.object({ columns: z.array(z.string()), taken: sequenceColumnsSchema }).nullable(),
  records: z.int(),
  scorable: z.int(),
  /** Windows that the long ones make; 0 where none is cut into windows. */
  windows: z.int(),
  /** The length the models were trained on, in bases. */
  modelLength: z.int(),
  shortest: z.int(),
  longest: z.int(),
  /** Sentences for the user, most serious first, each with how many records it is about. */
  notes: z.array(z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string(), count: z.int() })),
  classes: z.array(preflightClassSchema),
  /** By part and relation, of the first model's data; null where they are not in the workspace. */
  seen: z.array(seenSchema).nullable(),
  skipped: z.array(skippedSchema),
  skippedCount: z.int(),
})
export type Preflight = z.infer<typeof preflightSchema>

/** What a scan scores with, as it was when the scan began: it may be renamed or gone since. */
export const scanModelSchema = z.object({
  reference: scorerReferenceSchema,
  /** Variant and dataset, or its name, in words. */
  name: z.string(),
  target: targetSchema,
  cellTypes: z.array(z.string()),
  length: z.int(),
  /** Runs that are averaged; 1 but for an ensemble. */
  members: z.int(),
  /** Whether the workspace still holds it. */
  available: z.boolean(),
})
export type ScanModel = z.infer<typeof scanModelSchema>

/** A column of scores: one model in one cell type. */
export const scanColumnSchema = z.object({
  /** Unique in the scan: the cell type; with the model's name before it where there are several models. */
  key: z.string(),
  model: z.int(),
  cellType: z.string(),
})
export type ScanColumn = z.infer<typeof scanColumnSchema>

export const scanSchema = z.object({
  id: z.int(),
  name: z.string(),
  models: z.array(scanModelSchema).min(1),
  columns: z.array(scanColumnSchema),
  /** What the models predict: the same for all. */
  target: targetSchema,
  options: scanOptionsSchema,
  layout: z.enum(sequenceLayouts),
  /** The file's own name. */
  file: z.string(),
  state: scanStateSchema,
  createdAt: z.iso.datetime(),
  binnedAt: z.iso.datetime().nullable(),
  modelLength: z.int(),
  scored: z.int(),
  skipped: z.int(),
  /** Records of the file; null where nobody has counted them. */
  records: z.int().nullable(),
  windows: z.int(),
  /** Of those scored, the ones compared with the training part: of the others `distance` and the flags `unlike-training` and `seen` are not known yet. */
  assessed: z.int(),
  /** Windows and whole sequences a second, while it runs. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  seconds: z.number(),
  message: z.string().nullable(),
})
export type Scan = z.infer<typeof scanSchema>

/** What makes a score doubtful. */
export const scoreFlags = ['unlike-training', 'gc', 'length', 'spread', 'seen'] as const

export const scoreSchema = z.object({
  /** In the file's order, from 0: what `scans.sequence` asks for. */
  position: z.int(),
  /** The record's name, byte for byte. */
  name: z.string(),
  line: z.int(),
  length: z.int(),
  /** What was done to fit the sequence to the model, in words; null when nothing. */
  fitted: z.string().nullable(),
  /** Windows that it was cut into; 0 where it was scored in one piece. */
  windows: z.int(),
  /** Share of G and C among the bases, 0 to 1; null where it has no A, C, G or T. */
  gc: z.number().nullable(),
  /** Predictions in the units of the scan's target, by column; of windows, the highest. */
  scores: z.array(z.number()),
  /** Standard deviation over an ensemble's members, by column; null where there is one member. */
  spread: z.array(z.number().nullable()),
  /** Score minus the mean over the model's other cell types, by column; null where it has one. */
  specificity: z.array(z.number().nullable()),
  /** Share of the training part's measured activities that are lower, 0 to 100, by column; null where they are not known. */
  percentile: z.array(z.number().nullable()),
  /** The same of the shuffled sequences' scores. */
  aboveShuffled: z.array(z.number().nullable()),
  /** How far its 4-mers are from those of the training part: the share of training sequences that are nearer, 0 to 100; null where not known. */
  distance: z.number().nullable(),
  flags: z.array(z.enum(scoreFlags)),
})
export type Score = z.infer<typeof scoreSchema>

/** A column of the table: `name`, `line`, `length`, `gc`, `distance`, or one of those that there are for each scored column. */
export const scoreColumnSchema = z.object({
  by: z.enum(['name', 'line', 'length', 'gc', 'distance', 'score', 'specificity', 'spread']),
  /** Key of the scored column, for the last three. */
  column: z.string().optional(),
})
export type ScoreColumn = z.infer<typeof scoreColumnSchema>

export const scoreQuerySchema = z.object({
  /** Part of a name, in either case; empty for all. */
  search: z.string().default(''),
  /** All of them must hold; both ends belong to a range, null is no limit. */
  ranges: z.array(scoreColumnSchema.extend({ from: z.number().nullable(), to: z.number().nullable() })).default([]),
  /** Only rows without a flag. */
  unflagged: z.boolean().default(false),
  /** Null for the file's order. */
  sort: scoreColumnSchema.extend({ descending: z.boolean() }).nullable().default(null),
})
export type ScoreQuery = z.infer<typeof scoreQuerySchema>
