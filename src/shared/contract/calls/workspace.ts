import { z } from 'zod'
import { engineCheckSchema, engineStatusSchema } from '../../domain/engine.ts'
import type { Calls } from '../contract.ts'
import { stageProgressSchema } from './inputs.ts'

const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Largest file that a page may upload, in GiB. */
  uploadLimitGiB: z.number().min(0.1).max(1024),
})
export const workspace = {
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
  settings: { input: z.object({}), output: settings },
  /** What is left out stays as it is. */
  changeSettings: { input: settings.partial(), output: z.object({}) },
} as const satisfies Calls

export const engine = {
  status: { input: z.object({}), output: engineStatusSchema },
  check: { input: z.object({}), output: engineCheckSchema, progress: stageProgressSchema },
  /** Fetches TensorFlow's build for NVIDIA GPUs; stopped, it goes on where it was the next time. */
  fetchCuda: { input: z.object({}), output: z.object({}), progress: stageProgressSchema },
} as const satisfies Calls
