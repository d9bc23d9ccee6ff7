import { z } from 'zod'

/**
 * Where a file's bytes come from. A `path` is a file on this machine (Electron and the command line), an `upload` was
 * streamed to the workspace by the browser page, a `text` was pasted.
 */
export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1) }),
  z.object({ kind: z.literal('upload'), upload: z.string().min(1), name: z.string().min(1) }),
  z.object({ kind: z.literal('text'), text: z.string(), name: z.string().min(1) }),
])
export type Source = z.infer<typeof sourceSchema>
