import { z } from 'zod'
import { adaptersSchema, datasetCellTypeSchema, elementSchema } from './dataset.ts'
import { decimalSignSchema, tableMappingSchema, columnRoleSchema } from './mapping.ts'
import { sourceSchema } from './source.ts'

/** How a file's bytes are text. */
export const textFormatSchema = z.object({
  encoding: z.enum(['UTF-8', 'UTF-16', 'Latin-1']),
  /** What parts the columns; null in a workbook of Excel. */
  delimiter: z.enum(['\t', ',', ';', ' ']).nullable(),
  decimal: decimalSignSchema,
  compressed: z.boolean(),
})
export type TextFormat = z.infer<typeof textFormatSchema>

/** What a column seems to hold, how sure that is (0 to 1), and why, in a few words. */
export const columnGuessSchema = z.object({
  column: z.string(),
  is: columnRoleSchema,
  confidence: z.number().min(0).max(1),
  reason: z.string(),
})
export type ColumnGuess = z.infer<typeof columnGuessSchema>

const tableInspection = {
  file: z.string(),
  format: textFormatSchema,
  /** Of a workbook of Excel: its sheets, and the one that is shown; empty and null for a text file. */
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  /** Names of the columns, in the file's order. */
  header: z.array(z.string()),
  /** A guess for every column, in the order of `header`. */
  guesses: z.array(columnGuessSchema),
  /** The guesses as a mapping, to be corrected. */
  mapping: tableMappingSchema,
  /** The first rows, at most 50, as they stand in the file, with the line of each. */
  rows: z.array(z.array(z.string())),
  lines: z.array(z.int()),
}

/** What a file looks like from its first lines, before anything is imported. */
export const fileInspectionSchema = z.discriminatedUnion('kind', [
  /** Sequences of elements. `length` is the first one's. */
  z.object({ kind: z.literal('fasta'), file: z.string(), firstName: z.string(), length: z.int() }),
  /** Chromosomes, from which regions are cut. `index` where a `.fai` lies beside it. */
  z.object({ kind: z.literal('genome'), file: z.string(), firstName: z.string(), indexed: z.boolean() }),
  z.object({ kind: z.literal('table'), ...tableInspection }),
  /** BED, or a table with chromosome, start and end and no sequences. */
  z.object({ kind: z.literal('regions'), ...tableInspection }),
  z.object({ kind: z.literal('unusable'), file: z.string(), message: z.string(), hint: z.string() }),
])
export type FileInspection = z.infer<typeof fileInspectionSchema>

/** A table of an import: a file, or a sheet of a workbook (the first where none is named), with what its columns hold. */
export const plannedTableSchema = z.object({ source: sourceSchema, sheet: z.string().optional(), mapping: tableMappingSchema })
export type PlannedTable = z.infer<typeof plannedTableSchema>

/**
 * What is in the files of one import. Sequences come from a FASTA file, from a column of the tables, or from a genome, out of
 * which the regions that the tables name are cut; all is joined by name, byte for byte.
 */
export const importPlanSchema = z.object({
  sequences: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fasta'), source: sourceSchema }),
    z.object({ kind: z.literal('table') }),
    z.object({
      kind: z.literal('regions'),
      genome: sourceSchema,
      /** The genome's index (`.fai`) where it does not lie beside it; without either it is made. */
      index: sourceSchema.optional(),
    }),
  ]),
  tables: z.array(plannedTableSchema).min(1).max(100),
})
export type ImportPlan = z.infer<typeof importPlanSchema>

/** What the person decides about what was found. Every one is stored with the dataset. */
export const importDecisionsSchema = z.object({
  /** Replicate values from fewer barcodes do not count. Where the files count no barcodes, it asks for none. */
  minimumBarcodes: z.int().min(0).max(100_000).default(10),
  /** Added to DNA and RNA, in counts per million, before their ratio is taken. */
  pseudocount: z.number().positive().max(1e6).default(1),
  /** Records with letters that are not DNA, or without a sequence. */
  notDna: z.enum(['refuse', 'skip']).default('refuse'),
  /** Names that stand for two different sequences: with `skip`, none of them is taken. */
  conflictingNames: z.enum(['refuse', 'skip']).default('refuse'),
  /** Regions that are not wholly on a chromosome of the genome. */
  outsideChromosome: z.enum(['refuse', 'skip']).default('refuse'),
  /** Elements with letters that stand for more than one base. */
  ambiguous: z.enum(['keep', 'drop']).default('keep'),
  /** Elements shorter or longer than this, in bases with adapters, are dropped; null: no limit. */
  shortest: z.int().min(1).nullable().default(null),
  longest: z.int().min(1).nullable().default(null),
  /** Elements that lack an activity in at least one cell type. */
  incomplete: z.enum(['keep', 'drop']).default('keep'),
  /** Activities further from their cell type's median than so many robust standard deviations (1.4826 × MAD) are dropped; null: none. */
  outliersBeyond: z.number().min(1).max(1000).nullable().default(null),
  /** Cell types that are left out altogether. */
  excludedCellTypes: z.array(z.string()).default([]),
})
export type ImportDecisions = z.infer<typeof importDecisionsSchema>
export type DecisionName = keyof ImportDecisions

export const findingKinds = [
  'not-dna',
  'conflicting-names',
  'outside-chromosome',
  'unmatched-sequences',
  'unmatched-activities',
  'excel-dates',
  'duplicate-names',
  'duplicate-sequences',
  'reverse-complements',
  'ambiguous-letters',
  'lengths',
  'adapters',
  'low-barcodes',
  'missing-cell-types',
  'missing-replicates',
  'not-finite',
  'no-dna',
  'duplicate-rows',
  'outliers',
  'disagreeing-replicates',
] as const
export const findingKindSchema = z.enum(findingKinds)
export type FindingKind = z.infer<typeof findingKindSchema>

/** Something that the files hold and a person should know of, before anything is written. Kinds that were not found are left out. */
export const findingSchema = z.object({
  kind: findingKindSchema,
  /**
   * `blocks`: nothing can be imported until it is decided; `drops`: something is left out; `notes`: everything is kept as
   * it is.
   */
  effect: z.enum(['blocks', 'drops', 'notes']),
  /** In words of its own, a few, such as “Names without a sequence”. */
  title: z.string(),
  /** How many; of what, the message says. */
  count: z.int().min(0),
  /** One or two plain sentences: what was seen, and what is done about it under these decisions. */
  message: z.string(),
  /** The first few; the whole list comes by `datasets.finding`. `detail` adds a value or a reason. */
  examples: z.array(z.object({ name: z.string(), file: z.string().optional(), line: z.int().optional(), detail: z.string().optional() })),
  /**
   * The decision that changes it, or null. With `options` the decision takes one of their values; without, it is a number
   * (or, for `excludedCellTypes`, the names of the examples).
   */
  choice: z
    .object({
      decision: importDecisionsSchema.keyof(),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
    })
    .nullable(),
})
export type Finding = z.infer<typeof findingSchema>

/** A handle of an import that was read and not yet written, and what was read. */
export const preparedImportSchema = z.object({
  prepared: z.string(),
  files: z.array(z.object({ name: z.string(), role: z.string(), rows: z.int(), sha256: z.string() })),
  /** Whether activities are made from counts, so that the pseudocount matters. */
  fromCounts: z.boolean(),
  /** Whether barcodes are counted, so that their minimum matters. */
  countsBarcodes: z.boolean(),
})
export type PreparedImport = z.infer<typeof preparedImportSchema>

/** The pre-flight report: what the dataset would be under some decisions. */
export const importReviewSchema = z.object({
  /** All decisions, those that were left out with their defaults. */
  decisions: importDecisionsSchema,
  /** Why it cannot be written under these decisions; null where it can. */
  problem: z.object({ message: z.string(), hint: z.string() }).nullable(),
  findings: z.array(findingSchema),
  summary: z.object({
    elements: z.int(),
    /** Element × cell type with an activity. */
    rows: z.int(),
    /** Of the longest sequence, in bases, adapters included. */
    length: z.int(),
    cellTypes: z.array(datasetCellTypeSchema),
    adapters: adaptersSchema,
  }),
  /** All cell types of the files, excluded ones too. */
  allCellTypes: z.array(z.string()),
  /**
   * Replicate values by how many barcodes they are from: `counts[n]` from n, the last from that many or more. Null where no
   * barcodes are counted.
   */
  barcodes: z.object({ counts: z.array(z.int()) }).nullable(),
  /** The first 50 elements as they would be, activities in the order of the summary's cell types. */
  elements: z.array(elementSchema),
  /** Datasets that are the same already, to the last byte of their content (the fingerprint). They do not keep it from being imported again. */
  sameAs: z.array(z.object({ id: z.int(), name: z.string() })),
})
export type ImportReview = z.infer<typeof importReviewSchema>

/** Where an imported dataset comes from: stored with it. Of pasted text only the name is kept. */
export const importOriginSchema = z.object({ kind: z.literal('import'), plan: importPlanSchema, decisions: importDecisionsSchema })
export type ImportOrigin = z.infer<typeof importOriginSchema>
