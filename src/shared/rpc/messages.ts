import { z } from 'zod'
import { errorCodes } from '../domain/errors.ts'

/** An error as it crosses a channel. */
export const wireErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.object({
    file: z.string().optional(),
    line: z.int().optional(),
    hint: z.string().optional(),
    needs: z.enum(['genome', 'columns']).optional(),
    columns: z.array(z.string()).readonly().optional(),
  }),
})
export type WireError = z.infer<typeof wireErrorSchema>

/** From the caller. */
export const requestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
])
export type Request = z.infer<typeof requestSchema>

/** To the caller. */
export const responseSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.int(), value: z.unknown() }),
  z.object({ type: z.literal('result'), id: z.int(), value: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.int(), error: wireErrorSchema }),
  z.object({ type: z.literal('event'), name: z.string(), value: z.unknown() }),
])
export type Response = z.infer<typeof responseSchema>
