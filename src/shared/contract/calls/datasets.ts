import { z } from 'zod'
import { datasetDetailSchema, datasetSummarySchema } from '../../domain/dataset.ts'
import { elementFilterSchema } from '../../domain/elementFilter.ts'
import { elementDetailSchema, elementRowSchema, elementSortSchema, explorationSchema, facetsSchema } from '../../domain/explore.ts'
import {
  fileInspectionSchema,
  findingKindSchema,
  importDecisionsSchema,
  importPlanSchema,
  importReviewSchema,
  preparedImportSchema,
} from '../../domain/importing.ts'
import { headerKindSchema, mappingTemplateSchema } from '../../domain/mapping.ts'
import { originSchema } from '../../domain/origin.ts'
import { annotationSchema, combinationReviewSchema, combinationSchema, damagedDatasetSchema, dependentsSchema } from '../../domain/shelf.ts'
import { sourceSchema } from '../../domain/source.ts'
import { splitNameSchema, splitOptionsSchema, splitSchema, splitSettingsSchema } from '../../domain/split.ts'
import { bytesSchema } from '../binary.ts'
import type { Calls } from '../contract.ts'
import { id, page, stageProgressSchema } from './inputs.ts'

export const datasets = {
  /** The datasets on the shelf, or those in the bin. One whose row is damaged is left out; see `damaged`. */
  list: { input: z.object({ binned: z.boolean().default(false) }), output: z.array(datasetSummarySchema) },
  damaged: { input: z.object({}), output: z.array(damagedDatasetSchema) },
  get: { input: id, output: datasetDetailSchema },
  /** Where it comes from; null where an earlier version made it. */
  origin: { input: id, output: originSchema.nullable() },
  /** What files look like from their first lines. `sheet` and `header` say how to look again at a workbook or a table. */
  inspect: {
    input: z.object({
      sources: z.array(sourceSchema).min(1).max(100),
      sheet: z.string().optional(),
      header: headerKindSchema.optional(),
    }),
    output: z.array(fileInspectionSchema),
  },
  /** Reads the files of a plan once and keeps what is in them in the core's memory under a handle. Nothing is written. */
  prepare: { input: z.object({ plan: importPlanSchema }), output: preparedImportSchema, progress: stageProgressSchema },
  /** The pre-flight report of a prepared import under some decisions: quick, to be asked again whenever one changes. */
  review: { input: z.object({ prepared: z.string(), decisions: importDecisionsSchema.prefault({}) }), output: importReviewSchema },
  /** Everything that one class of findings holds, as a TSV. */
  finding: {
    input: z.object({ prepared: z.string(), decisions: importDecisionsSchema.prefault({}), kind: findingKindSchema }),
    output: z.object({ fileName: z.string(), bytes: bytesSchema }),
  },
  /** Writes a prepared import as a dataset, whole or not at all, and lets it go. */
  commit: {
    input: z.object({
      prepared: z.string(),
      name: z.string().trim().min(1).max(200),
      decisions: importDecisionsSchema.prefault({}),
    }),
    output: datasetDetailSchema,
    progress: stageProgressSchema,
  },
  /** Lets a prepared import go. One that is gone already is no error. */
  discard: { input: z.object({ prepared: z.string() }), output: z.object({}) },
  /** Makes the simulated dataset of science.md. */
  simulate: {
    input: z.object({ name: z.string().trim().min(1).max(200), elements: z.int().min(100).max(1_000_000), seed: z.int() }),
    output: datasetDetailSchema,
    progress: stageProgressSchema,
  },
  rename: { input: id.extend({ name: z.string().trim().min(1).max(200) }), output: datasetSummarySchema },
  /** Notes, tags and the star. */
  annotate: { input: id.extend(annotationSchema.shape), output: datasetSummarySchema },
  /** Puts a dataset into the bin: it is not offered any more, and its runs stay. Refused while a run trains or waits to. */
  bin: { input: id, output: z.object({}) },
  restore: { input: id, output: z.object({}) },
  /** What hangs on a dataset, and what deleting it would free. */
  dependents: { input: id, output: dependentsSchema },
  /** Deletes a dataset for good; only from the bin, and only without runs. */
  purge: { input: id, output: z.object({ bytes: z.number() }) },
  /** The dataset as FASTA and one table a cell type, which import back to the same fingerprint: as one .zip, or each by itself. */
  export: {
    input: id.extend({ as: z.enum(['zip', 'files']).default('zip') }),
    output: z.object({ files: z.array(z.object({ fileName: z.string(), bytes: bytesSchema })) }),
    progress: stageProgressSchema,
  },
  /** What a combination of datasets would be. Nothing is written. */
  reviewCombination: { input: combinationSchema, output: combinationReviewSchema },
  combine: {
    input: combinationSchema.extend({ name: z.string().trim().min(1).max(200) }),
    output: datasetSummarySchema,
    progress: stageProgressSchema,
  },
  /** Makes a dataset of the elements that a filter keeps. */
  subset: {
    input: id.extend({ filter: elementFilterSchema, name: z.string().trim().min(1).max(200) }),
    output: datasetSummarySchema,
    progress: stageProgressSchema,
  },
  /** Everything that the charts of a dataset's page show, for the elements that a filter keeps. */
  explore: { input: id.extend({ filter: elementFilterSchema.prefault({}) }), output: explorationSchema },
  facets: { input: id, output: facetsSchema },
  /** A page of the elements that a filter keeps. `search`, where it is given, stands for the filter's own. */
  elements: {
    input: id.extend({
      ...page,
      search: z.string().optional(),
      filter: elementFilterSchema.prefault({}),
      sort: elementSortSchema.nullable().default(null),
    }),
    output: z.object({ total: z.int(), elements: z.array(elementRowSchema) }),
  },
  /** All elements that a filter keeps, sequences included, as a TSV. */
  elementsTable: {
    input: id.extend({ filter: elementFilterSchema.prefault({}), sort: elementSortSchema.nullable().default(null) }),
    output: z.object({ fileName: z.string(), bytes: bytesSchema }),
  },
  element: { input: id.extend({ position: z.int().min(0) }), output: elementDetailSchema },
  /** All unmatched names as a TSV (`side cell_type name`). */
  unmatched: { input: id, output: z.object({ fileName: z.string(), bytes: bytesSchema }) },
} as const satisfies Calls

/** Mappings of tables kept under names. Saving under a name that is there replaces it. */
export const templates = {
  list: { input: z.object({}), output: z.array(mappingTemplateSchema) },
  save: { input: mappingTemplateSchema.omit({ createdAt: true }), output: mappingTemplateSchema },
  remove: { input: z.object({ name: z.string() }), output: z.object({}) },
} as const satisfies Calls

export const splits = {
  list: { input: z.object({ dataset: z.int() }), output: z.array(splitSchema) },
  /** By what a dataset can be split. */
  options: { input: z.object({ dataset: z.int() }), output: splitOptionsSchema },
  make: {
    input: z.object({ dataset: z.int(), name: splitNameSchema.optional(), settings: splitSettingsSchema }),
    output: splitSchema,
    progress: stageProgressSchema,
  },
  /** Only while no experiment uses it. */
  rename: { input: id.extend({ name: splitNameSchema }), output: splitSchema },
  /** Only while no experiment uses it. */
  remove: { input: id, output: z.object({}) },
  /** All sequences that two parts share, as a TSV (`part name relation other_part other_name`). */
  leaks: { input: id, output: z.object({ fileName: z.string(), bytes: bytesSchema }) },
} as const satisfies Calls
