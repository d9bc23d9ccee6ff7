import { z } from 'zod'
import { bytesSchema } from '../binary.ts'

export const id = z.object({ id: z.int() })
export const ids = z.object({ ids: z.array(z.int()).min(1).max(10_000) })
export const page = { offset: z.int().min(0), limit: z.int().min(1).max(10_000) }
/** A file for the person to keep. */
export const file = z.object({ fileName: z.string(), bytes: bytesSchema })

/** How far a long call is: `done` of `total` units of `stage`; `total` null where it is not known. */
export const stageProgressSchema = z.object({ stage: z.string(), done: z.number(), total: z.number().nullable() })
export type StageProgress = z.infer<typeof stageProgressSchema>
