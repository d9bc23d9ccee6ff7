import { z } from 'zod'
import { importedModelSchema, modelInspectionSchema, modelReferenceSchema } from '../../domain/model.ts'
import { sourceSchema } from '../../domain/source.ts'
import { bytesSchema } from '../binary.ts'
import type { Calls } from '../contract.ts'
import { id } from './inputs.ts'

export const models = {
  /** A model as one file, for another workspace or another program (docs/model-format.md). */
  export: { input: modelReferenceSchema, output: z.object({ fileName: z.string(), bytes: bytesSchema }) },
  /** Looks at a model file and keeps nothing. A foreign or damaged one is refused with the reason. */
  inspect: { input: z.object({ source: sourceSchema }), output: modelInspectionSchema },
  /** Takes a model file into the workspace; the very same file twice is one model, and comes back out of the bin. */
  import: {
    input: z.object({ source: sourceSchema, name: z.string().trim().min(1).max(200).optional() }),
    output: importedModelSchema,
  },
  /** The imported models, those in the bin among them. */
  list: { input: z.object({}), output: z.array(importedModelSchema) },
  rename: { input: id.extend({ name: z.string().trim().min(1).max(200) }), output: importedModelSchema },
  /** Puts an imported model into the bin: it is not offered any more, and its scans stay. */
  remove: { input: id, output: importedModelSchema },
  restore: { input: id, output: importedModelSchema },
} as const satisfies Calls
