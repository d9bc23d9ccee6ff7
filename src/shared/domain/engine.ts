import { z } from 'zod'

/** The engines. What each is and how one is chosen: docs/engines.md. */
export const engineNames = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const
export const engineNameSchema = z.enum(engineNames)
export type EngineName = z.infer<typeof engineNameSchema>

/** What a real training step said about an engine. */
export const engineReportSchema = z.object({
  name: engineNameSchema,
  /** Where it computes, in words; empty where it could not be started. */
  device: z.string(),
  /** A GPU computes, not a processor, nor one that plays a GPU. */
  onGpu: z.boolean(),
  works: z.boolean(),
  /** The largest difference of the step's numbers from PyTorch's, as a share of them; null where no step was taken. */
  difference: z.number().nullable(),
  /** Training rows (sequence × cell type) a second of the `embedding` variant; null where it does not work. */
  rowsPerSecond: z.number().nullable(),
  /** Why it was chosen, passed over or failed, in words. */
  reason: z.string(),
})
export type EngineReport = z.infer<typeof engineReportSchema>

/** A GPU as the system reports it, whether an engine can use it or not. */
export const gpuSchema = z.object({
  name: z.string(),
  maker: z.enum(['nvidia', 'amd', 'intel', 'apple', 'other']),
  /** Its driver, with the version where the system tells it; null where none is loaded. */
  driver: z.string().nullable(),
  memoryBytes: z.number().nullable(),
})
export type Gpu = z.infer<typeof gpuSchema>

/**
 * TensorFlow's build for NVIDIA GPUs: `none` for this platform; `absent` but to be had, in `bytes` of download; `installed`.
 */
export const cudaRuntimeSchema = z.object({ state: z.enum(['none', 'absent', 'installed']), bytes: z.number() })
export type CudaRuntime = z.infer<typeof cudaRuntimeSchema>

export const engineCheckSchema = z.object({
  chosen: engineNameSchema.nullable(),
  /** Best first, as far as they work. */
  engines: z.array(engineReportSchema),
  gpus: z.array(gpuSchema),
  cuda: cudaRuntimeSchema,
  versions: z.record(z.string(), z.string()),
})
export type EngineCheck = z.infer<typeof engineCheckSchema>

export const engineStatusSchema = z.object({
  state: z.enum(['stopped', 'starting', 'ready', 'busy', 'failed']),
  /** One line for the user: `TensorFlow on the CPU, ready`. */
  message: z.string(),
})
export type EngineStatus = z.infer<typeof engineStatusSchema>
