import { z } from 'zod'
import { comparisonSchema } from '../domain/comparison.ts'
import { datasetDetailSchema, datasetSummarySchema, elementSchema, importFilesSchema, inspectionSchema } from '../domain/dataset.ts'
import { engineCheckSchema, engineStatusSchema } from '../domain/engine.ts'
import { recipeSchema } from '../domain/recipe.ts'
import { runDetailSchema, runSchema } from '../domain/run.ts'
import { preflightSchema, scanSchema, scoreSchema } from '../domain/scan.ts'
import { sourceSchema } from '../domain/source.ts'
import { splitKindSchema } from '../domain/split.ts'
import { variantSchema } from '../domain/variants.ts'
import type { CallGroups } from './contract.ts'
import { bytesSchema } from './binary.ts'

const id = z.object({ id: z.int() })
/** How far a long call is: `done` of `total` units of `stage`; `total` null where it is not known. */
export const stageProgressSchema = z.object({ stage: z.string(), done: z.number(), total: z.number().nullable() })
export type StageProgress = z.infer<typeof stageProgressSchema>
const page = { offset: z.int().min(0), limit: z.int().min(1).max(10_000) }

/** Every call that the page and the command line can make. */
export const calls = {
  workspace: {
    info: {
      input: z.object({}),
      output: z.object({
        folder: z.string(),
        bytes: z.number(),
        freeBytes: z.number(),
        readOnly: z.boolean(),
        versions: z.record(z.string(), z.string()),
      }),
    },
    settings: { input: z.object({}), output: z.object({ theme: z.enum(['system', 'light', 'dark']) }) },
    changeSettings: { input: z.object({ theme: z.enum(['system', 'light', 'dark']) }), output: z.object({}) },
  },
  engine: {
    status: { input: z.object({}), output: engineStatusSchema },
    check: { input: z.object({}), output: engineCheckSchema, progress: stageProgressSchema },
  },
  datasets: {
    list: { input: z.object({}), output: z.array(datasetSummarySchema) },
    get: { input: id, output: datasetDetailSchema },
    inspect: { input: z.object({ sources: z.array(sourceSchema).min(1).max(100) }), output: z.array(inspectionSchema) },
    import: {
      input: z.object({
        name: z.string().trim().min(1).max(200),
        files: importFilesSchema,
        minimumBarcodes: z.int().min(0).max(100_000).default(10),
      }),
      output: datasetDetailSchema,
      progress: stageProgressSchema,
    },
    /** Makes the simulated dataset of science.md. */
    simulate: {
      input: z.object({ name: z.string().trim().min(1).max(200), elements: z.int().min(100).max(1_000_000), seed: z.int() }),
      output: datasetDetailSchema,
      progress: stageProgressSchema,
    },
    rename: { input: id.extend({ name: z.string().trim().min(1).max(200) }), output: datasetSummarySchema },
    elements: {
      input: id.extend({ ...page, search: z.string().default('') }),
      output: z.object({ total: z.int(), elements: z.array(elementSchema) }),
    },
    /** All unmatched names as a TSV (`side cell_type name`). */
    unmatched: { input: id, output: z.object({ fileName: z.string(), bytes: bytesSchema }) },
  },
  experiments: {
    launch: {
      input: z.object({
        dataset: z.int(),
        split: z.object({ kind: splitKindSchema, seed: z.int() }),
        variants: z.array(variantSchema).min(1),
        recipe: recipeSchema,
        seeds: z.array(z.int().min(0).max(2_147_483_647)).min(1).max(100),
      }),
      output: z.array(runSchema),
    },
    runs: { input: z.object({ dataset: z.int().optional() }), output: z.array(runSchema) },
    run: { input: id, output: runDetailSchema },
    /** Asks a queued or running run to stop; its last checkpoint is kept. */
    stop: { input: id, output: runSchema },
    /** Puts a stopped, failed or interrupted run back into the queue; it goes on from its last checkpoint. */
    resume: { input: id, output: runSchema },
  },
  comparisons: {
    compare: { input: z.object({ dataset: z.int(), runs: z.array(z.int()).optional() }), output: comparisonSchema },
  },
  scans: {
    preflight: { input: z.object({ run: z.int(), source: sourceSchema }), output: preflightSchema },
    start: { input: z.object({ run: z.int(), source: sourceSchema, name: z.string().trim().min(1).max(200) }), output: scanSchema },
    stop: { input: id, output: scanSchema },
    list: { input: z.object({}), output: z.array(scanSchema) },
    get: {
      input: id,
      output: scanSchema.extend({ skippedRecords: z.array(z.object({ name: z.string(), line: z.int(), reason: z.string() })) }),
    },
    scores: {
      input: id.extend({
        ...page,
        search: z.string().default(''),
        sort: z.object({ by: z.string(), descending: z.boolean() }).nullable().default(null),
      }),
      output: z.object({ total: z.int(), scores: z.array(scoreSchema) }),
    },
    /** The table as TSV: `name`, `length`, then a column a cell type; names byte for byte. */
    tsv: { input: id, output: z.object({ fileName: z.string(), bytes: bytesSchema }) },
  },
} as const satisfies CallGroups
