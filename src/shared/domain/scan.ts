import { z } from 'zod'
import { targetSchema } from './recipe.ts'

export const scanStates = ['running', 'completed', 'cancelled', 'failed', 'interrupted'] as const
export const scanStateSchema = z.enum(scanStates)
export type ScanState = z.infer<typeof scanStateSchema>

/** A record that was not scored, and why, in words. */
export const skippedSchema = z.object({ name: z.string(), line: z.int(), reason: z.string() })
export type Skipped = z.infer<typeof skippedSchema>

/** What will happen to the records of a file, before anything is scored. */
export const preflightSchema = z.object({
  file: z.string(),
  records: z.int(),
  scorable: z.int(),
  /** The length the model was trained on, in bases. */
  modelLength: z.int(),
  shortest: z.int(),
  longest: z.int(),
  /** Sentences for the user, most serious first, each with how many records it is about. */
  notes: z.array(z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string(), count: z.int() })),
  skipped: z.array(skippedSchema),
  skippedCount: z.int(),
})
export type Preflight = z.infer<typeof preflightSchema>

export const scanSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** Whose model scored it; null where an imported model did. */
  run: z.int().nullable(),
  /** The imported model that scored it; null where a run's did. */
  importedModel: z.int().nullable(),
  /** The model's variant and dataset, or its name, in words. */
  model: z.string(),
  /** What the model predicts. */
  target: targetSchema,
  state: scanStateSchema,
  createdAt: z.iso.datetime(),
  cellTypes: z.array(z.string()),
  modelLength: z.int(),
  scored: z.int(),
  skipped: z.int(),
  seconds: z.number(),
  message: z.string().nullable(),
})
export type Scan = z.infer<typeof scanSchema>

export const scoreSchema = z.object({
  /** The record's name, byte for byte. */
  name: z.string(),
  line: z.int(),
  length: z.int(),
  /** What was done to fit the sequence to the model, in words; null when nothing. */
  fitted: z.string().nullable(),
  /** Predictions in the units of the scan's target, in the order of its cell types. */
  scores: z.array(z.number()),
})
export type Score = z.infer<typeof scoreSchema>
