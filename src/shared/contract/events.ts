import { z } from 'zod'
import { engineStatusSchema } from '../domain/engine.ts'
import { ensembleSchema } from '../domain/ensemble.ts'
import { importedModelSchema } from '../domain/model.ts'
import { queueSchema } from '../domain/queue.ts'
import { epochSchema, runProgressSchema, runSchema } from '../domain/run.ts'
import { scanSchema } from '../domain/scan.ts'
import { datasetSummarySchema } from '../domain/dataset.ts'
import type { EventSpecs } from './contract.ts'

/** Everything that the core tells every page without being asked. */
export const events = {
  'datasets.changed': datasetSummarySchema,
  /** Deleted for good. */
  'datasets.removed': z.object({ id: z.int() }),
  'runs.changed': runSchema,
  'runs.epoch': z.object({ run: z.int(), epoch: epochSchema }),
  'runs.progress': runProgressSchema,
  /** Deleted for good. */
  'runs.removed': z.object({ ids: z.array(z.int()) }),
  'queue.changed': queueSchema,
  'ensembles.changed': ensembleSchema,
  'ensembles.removed': z.object({ id: z.int() }),
  'scans.changed': scanSchema,
  'scans.removed': z.object({ id: z.int() }),
  'models.changed': importedModelSchema,
  'engine.changed': engineStatusSchema,
} as const satisfies EventSpecs
