import { z } from 'zod'
import {
  locusSchema,
  peakRuleSchema,
  peakSchema,
  scanExportFormats,
  scannedSequenceSchema,
  scoreHistogramSchema,
} from '../../domain/locus.ts'
import { scorerReferenceSchema } from '../../domain/model.ts'
import { preflightSchema, scanOptionsSchema, scanSchema, scoreQuerySchema, scoreSchema, skippedSchema } from '../../domain/scan.ts'
import { sourceSchema } from '../../domain/source.ts'
import type { Calls } from '../contract.ts'
import { id, file, page, stageProgressSchema } from './inputs.ts'

const scanInput = z.object({
  /** One or several; all predict the same target, and read the same length. */
  models: z.array(scorerReferenceSchema).min(1).max(20),
  source: sourceSchema,
  options: scanOptionsSchema.prefault({}),
})

export const scans = {
  preflight: { input: scanInput, output: preflightSchema, progress: stageProgressSchema },
  start: { input: scanInput.extend({ name: z.string().trim().min(1).max(200) }), output: scanSchema, progress: stageProgressSchema },
  stop: { input: id, output: scanSchema },
  /** Goes on after the last stored chunk of a stopped or interrupted scan; refused where the file has changed or is gone. */
  resume: { input: id, output: scanSchema },
  /** The scans, or those in the bin. */
  list: { input: z.object({ binned: z.boolean().default(false) }), output: z.array(scanSchema) },
  get: { input: id, output: scanSchema.extend({ skippedRecords: z.array(skippedSchema) }) },
  rename: { input: id.extend({ name: z.string().trim().min(1).max(200) }), output: scanSchema },
  /** Refused while it runs. */
  bin: { input: id, output: scanSchema },
  restore: { input: id, output: scanSchema },
  /** Deletes it for good; only from the bin. */
  purge: { input: id, output: z.object({ bytes: z.number() }) },
  scores: {
    input: id.extend({ ...page, ...scoreQuerySchema.shape }),
    output: z.object({ total: z.int(), scores: z.array(scoreSchema) }),
  },
  histogram: { input: id.extend({ column: z.string() }), output: scoreHistogramSchema },
  /** One sequence of a scan, looked at closely. */
  sequence: { input: id.extend({ position: z.int().min(0) }), output: scannedSequenceSchema },
  /** A stretch of a sequence that was cut into windows. */
  locus: {
    input: id.extend({
      position: z.int().min(0),
      from: z.int().min(0).default(0),
      /** The sequence's end where not given. */
      to: z.int().min(1).optional(),
      bins: z.int().min(1).max(4000).default(1000),
    }),
    output: locusSchema,
  },
  /** The active stretches of one sequence, or of all that were cut into windows, highest first. */
  peaks: {
    input: id.extend({ position: z.int().min(0).nullable().default(null), rule: peakRuleSchema }),
    output: z.object({ peaks: z.array(peakSchema), threshold: z.number(), rule: z.string() }),
  },
  /** Keeps the features of a GFF3 or BED file beside a scan's sequences, in place of those that were there. */
  annotate: {
    input: id.extend({ source: sourceSchema }),
    output: z.object({ features: z.int(), sequences: z.int(), unmatched: z.int() }),
  },
  /** Scores as a file; names byte for byte. BED and GFF3 hold peaks where `rule` is given, windows or sequences otherwise; bedGraph and bigWig one column. */
  export: {
    input: id.extend({
      format: z.enum(scanExportFormats),
      ...scoreQuerySchema.shape,
      column: z.string().optional(),
      rule: peakRuleSchema.optional(),
    }),
    output: file,
    progress: stageProgressSchema,
  },
} as const satisfies Calls
