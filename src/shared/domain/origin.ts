import { z } from 'zod'
import { elementFilterSchema } from './elementFilter.ts'
import { importOriginSchema } from './importing.ts'
import { combinedElementsSchema, parentSchema, sameCellTypeSchema } from './shelf.ts'

/** Where a dataset comes from. */
export const originSchema = z.discriminatedUnion('kind', [
  importOriginSchema,
  z.object({ kind: z.literal('simulation'), elements: z.int(), seed: z.int() }),
  z.object({
    kind: z.literal('combination'),
    parents: z.array(parentSchema),
    elements: combinedElementsSchema,
    sameCellType: sameCellTypeSchema,
  }),
  /** `split` is the name that the filter's split had then. */
  z.object({ kind: z.literal('subset'), parent: parentSchema, filter: elementFilterSchema, split: z.string().optional() }),
])
export type Origin = z.infer<typeof originSchema>
