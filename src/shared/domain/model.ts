import { z } from 'zod'
import { BASES } from '../dna/bases.ts'
import { recipeSchema, targetSchema } from './recipe.ts'
import { splitKindSchema } from './split.ts'
import { variantSchema } from './variants.ts'

/** What a model was trained on, and nothing by which the computer could be found. */
export const machineSchema = z.object({
  /** As the processor calls itself. */
  processor: z.string(),
  cores: z.int().min(1),
  memoryGiB: z.int().min(0),
  /** As `linux x64`. */
  platform: z.string(),
  /** The GPU that trained, as the engine calls it; null where the processor did. */
  gpu: z.string().nullable(),
})
export type Machine = z.infer<typeof machineSchema>

/** What trained a run up to an epoch, before it went on with something else. */
export const stretchSchema = z.object({
  /** The last epoch that it trained. */
  epochs: z.int().min(1),
  engine: z.string(),
  versions: z.record(z.string(), z.string()),
  machine: machineSchema,
})
export type Stretch = z.infer<typeof stretchSchema>

const bases = z.string().regex(new RegExp(`^[${BASES}MRWSYKVHDBN]*$`), 'expected DNA letters')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')

/**
 * All that is to be known of a trained model beside its numbers: how sequences come before it, how its scores are read, and
 * where it comes from. It travels in the model's file (docs/model-format.md).
 */
export const modelDescriptionSchema = z
  .object({
    variant: variantSchema,
    /** Bases that it reads. */
    length: z.int().min(1).max(1_000_000),
    /** The last axis of every score. */
    cellTypes: z
      .array(z.string().min(1))
      .min(1)
      .max(10_000)
      .refine((names) => new Set(names).size === names.length, 'two have the same name'),
    ambiguousBases: recipeSchema.shape.ambiguousBases,
    strands: recipeSchema.shape.strands,
    /** The construct's adapters, and whether they are part of what it reads; both empty where there are none. */
    adapters: z.object({ treatment: recipeSchema.shape.adapters, prefix: bases, suffix: bases }),
    target: z.object({
      kind: targetSchema,
      /** Of log2(RNA/DNA) over the training part, in the order of `cellTypes`; null where the target is log2 itself. */
      statistics: z.array(z.object({ mean: z.number(), sd: z.number() })).nullable(),
    }),
    recipe: recipeSchema,
    seed: z.int().min(0),
    /** Epochs trained, and the epoch that the weights are of. */
    epochs: z.int().min(0),
    epochOfWeights: z.int().min(0),
    dataset: z.object({
      name: z.string(),
      fingerprint: z.string(),
      elements: z.int().min(0),
      rows: z.int().min(0),
      simulated: z.boolean(),
    }),
    split: z.object({
      name: z.string(),
      kind: splitKindSchema,
      seed: z.int(),
      /** All else that decided which element went where. */
      settings: z.record(z.string(), z.unknown()),
      /** SHA-256 over one byte an element, in the dataset's order: 0 training, 1 validation, 2 test. */
      fingerprint: sha256,
      sizes: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
    }),
    /** As `tensorflow on CPU`; where the run went on elsewhere, as of its last start, as are versions and machine. */
    engine: z.string().nullable(),
    versions: z.record(z.string(), z.string()),
    /** Null for a model of an earlier version, which did not keep it. */
    machine: machineSchema.nullable(),
    /** What trained the epochs before those of `machine`, where that was something else; in order. */
    earlier: z.array(stretchSchema).default([]),
    /** What the engine did otherwise than the recipe says, a sentence or two each. */
    notes: z.array(z.string()).default([]),
    trainedAt: z.iso.datetime().nullable(),
    /** Over all rows of the test part; null where not defined, or not known. */
    testPearson: z.number().nullable(),
  })
  .refine(({ target, cellTypes }) => (target.statistics?.length ?? 0) === (target.kind === 'specificity' ? cellTypes.length : 0), {
    path: ['target', 'statistics'],
    message: 'expected one for each cell type of a specificity, and none of log2(RNA/DNA)',
  })
export type ModelDescription = z.infer<typeof modelDescriptionSchema>

/** A model that came into the workspace as a file. */
export const importedModelSchema = z.object({
  id: z.int(),
  name: z.string(),
  importedAt: z.iso.datetime(),
  /** Since when it is in the bin; null while it is not. */
  removedAt: z.iso.datetime().nullable(),
  /** The file's own name. */
  file: z.string(),
  bytes: z.int(),
  /** Of its tensors: equal for models with the very same weights. */
  weightsSha256: sha256,
  description: modelDescriptionSchema,
})
export type ImportedModel = z.infer<typeof importedModelSchema>

/** A model file that has been looked at and found whole. */
export const modelInspectionSchema = z.object({
  file: z.string(),
  bytes: z.int(),
  weightsSha256: sha256,
  description: modelDescriptionSchema,
  /** The model of the workspace that is this very file; null where there is none. */
  imported: importedModelSchema.nullable(),
})
export type ModelInspection = z.infer<typeof modelInspectionSchema>

/** A model with weights of its own: that of a completed run, or an imported one. */
export const modelReferenceSchema = z.union([z.strictObject({ run: z.int() }), z.strictObject({ model: z.int() })])
export type ModelReference = z.infer<typeof modelReferenceSchema>

/** What sequences can be scored with: a model, or an ensemble of runs. */
export const scorerReferenceSchema = z.union([...modelReferenceSchema.options, z.strictObject({ ensemble: z.int() })])
export type ScorerReference = z.infer<typeof scorerReferenceSchema>
