import { z } from 'zod'
import { adaptersSchema, datasetCellTypeSchema, importReportSchema } from '../../shared/domain/dataset.ts'
import { measuresSchema } from '../../shared/domain/measures.ts'
import { originSchema } from '../../shared/domain/origin.ts'
import { recipeSchema } from '../../shared/domain/recipe.ts'
import { epochSchema, provenanceSchema, runNameSchema } from '../../shared/domain/run.ts'
import { tagSchema } from '../../shared/domain/shelf.ts'
import { leakagePairSchema, leakageSchema, splitSettingsSchema } from '../../shared/domain/split.ts'
import { variantSchema } from '../../shared/domain/variants.ts'

/** What a shared file says it is, and the version that is written (docs/share-format.md). */
export const SHARE_FORMAT = 'enhancer-workbench experiment'
export const SHARE_VERSION = 1
export const MANIFEST = 'manifest.json'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')
const time = z.iso.datetime()
const index = z.int().min(0)

const sharedCellTypeSchema = datasetCellTypeSchema.omit({ replicates: true }).extend({
  name: z.string().min(1),
  replicates: z.array(z.object({ name: z.string(), barcodes: z.boolean() })),
})

/** A dataset less its vectors, which are members of their own. */
const sharedDatasetSchema = z.object({
  name: z.string().trim().min(1).max(200),
  createdAt: time,
  simulated: z.boolean(),
  fingerprint: z.string().min(1),
  elements: z.int().min(1).max(100_000_000),
  rows: z.int().min(0),
  length: z.int().min(0),
  minimumBarcodes: z.int().min(0),
  adapters: adaptersSchema,
  report: importReportSchema,
  origin: originSchema.nullable(),
  notes: z.string().max(20_000),
  tags: z.array(tagSchema).max(50),
  sequences: z.boolean(),
  cellTypes: z
    .array(sharedCellTypeSchema)
    .min(1)
    .max(10_000)
    .refine((types) => new Set(types.map(({ name }) => name)).size === types.length, 'two have the same name'),
  labels: z.array(z.object({ column: z.string().min(1), values: z.array(z.string()) })),
})
export type SharedDataset = z.infer<typeof sharedDatasetSchema>

const sharedSplitSchema = z.object({
  name: z.string().min(1).max(300),
  settings: splitSettingsSchema,
  createdAt: time,
  groups: z.int().min(0),
  leakage: leakageSchema,
  audit: z.array(leakagePairSchema),
})
export type SharedSplit = z.infer<typeof sharedSplitSchema>

/** Told before anything else is read, so that a file can be looked at quickly. */
const runInBriefSchema = z.object({
  /** Index in `experiments`. */
  experiment: index,
  variant: variantSchema,
  recipe: recipeSchema,
  seed: z.int().min(0),
  testPearson: z.number().nullable(),
  weightsSha256: sha256,
})
export type RunInBrief = z.infer<typeof runInBriefSchema>

export const manifestSchema = z.object({
  format: z.literal(SHARE_FORMAT),
  version: z.literal(SHARE_VERSION),
  dataset: sharedDatasetSchema,
  splits: z.array(sharedSplitSchema).min(1),
  /** `split` is an index in `splits`. */
  experiments: z.array(z.object({ split: index, createdAt: time })).min(1),
  runs: z.array(runInBriefSchema).min(1).max(10_000),
  /** All other files of the archive. */
  members: z.record(z.string(), z.object({ bytes: z.int().min(0), sha256 })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** What is known of a run beside the manifest's, its weights and its predictions. */
export const sharedRunSchema = z.object({
  name: runNameSchema,
  notes: z.string().max(20_000),
  tags: z.array(tagSchema).max(50),
  starred: z.boolean(),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  engine: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  parameters: z.int().nullable(),
  epochs: z.int().min(0),
  epochOfWeights: z.int().min(0),
  seconds: z.number().min(0),
  rowsPerSecond: z.number().nullable(),
  message: z.string().nullable(),
  provenance: provenanceSchema.nullable(),
  /** Index in `runs` of the run that it repeats, where that is shared too. */
  reproduces: index.nullable(),
  curve: z.array(epochSchema),
  measures: z.array(measuresSchema.extend({ part: z.enum(['validation', 'test']), cellType: z.string() })),
})
export type SharedRun = z.infer<typeof sharedRunSchema>

/** The names of the files in the archive. Numbers are places in the manifest's lists. */
export const member = {
  names: 'dataset/names.json',
  sequences: 'dataset/sequences.json',
  unmatched: 'dataset/unmatched.json',
  groups: 'dataset/groups.i32',
  activities: (cellType: number) => `dataset/cell-type-${cellType}/activities.f32`,
  replicate: (cellType: number, replicate: number) => `dataset/cell-type-${cellType}/replicate-${replicate}.f32`,
  barcodes: (cellType: number, replicate: number) => `dataset/cell-type-${cellType}/replicate-${replicate}-barcodes.i32`,
  labels: (column: number) => `dataset/labels-${column}.i32`,
  split: (split: number) => `splits/${split}.u8`,
  run: (run: number) => `runs/${run}/run.json`,
  model: (run: number) => `runs/${run}/model.safetensors`,
  predictions: (run: number, part: 'validation' | 'test') => `runs/${run}/${part}.f32`,
} as const

/** Every file that a manifest asks for. */
export function membersOf({ dataset, splits, runs }: Pick<Manifest, 'dataset' | 'splits' | 'runs'>): string[] {
  return [
    member.names,
    ...(dataset.sequences ? [member.sequences] : []),
    member.unmatched,
    member.groups,
    ...dataset.cellTypes.flatMap(({ replicates }, c) => [
      member.activities(c),
      ...replicates.flatMap(({ barcodes }, r) => [member.replicate(c, r), ...(barcodes ? [member.barcodes(c, r)] : [])]),
    ]),
    ...dataset.labels.map((_, i) => member.labels(i)),
    ...splits.map((_, i) => member.split(i)),
    ...runs.flatMap((_, i) => [member.run(i), member.model(i), member.predictions(i, 'validation'), member.predictions(i, 'test')]),
  ]
}
