import { z } from 'zod'

/** The engines, best first. What each is and how one is chosen: docs/architecture.md. */
export const engineNames = ['tensorflow', 'wasm', 'cpu'] as const
export const engineNameSchema = z.enum(engineNames)
export type EngineName = z.infer<typeof engineNameSchema>

/** What a real training step said about an engine. */
export const engineReportSchema = z.object({
  name: engineNameSchema,
  device: z.string(),
  works: z.boolean(),
  /** Training rows (sequence × cell type) a second of the `embedding` variant; null where it does not work. */
  rowsPerSecond: z.number().nullable(),
  /** Why it was chosen, passed over or failed, in words. */
  reason: z.string(),
})
export type EngineReport = z.infer<typeof engineReportSchema>

export const engineCheckSchema = z.object({
  chosen: engineNameSchema.nullable(),
  engines: z.array(engineReportSchema),
  versions: z.record(z.string(), z.string()),
})
export type EngineCheck = z.infer<typeof engineCheckSchema>

export const engineStatusSchema = z.object({
  state: z.enum(['stopped', 'starting', 'ready', 'busy', 'failed']),
  /** One line for the user: `TensorFlow on the CPU, ready`. */
  message: z.string(),
})
export type EngineStatus = z.infer<typeof engineStatusSchema>
