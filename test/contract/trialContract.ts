import { z } from 'zod'
import { bytesSchema, float32Schema, int32Schema } from '../../src/shared/contract/binary.ts'
import type { Contract, Handlers } from '../../src/shared/contract/contract.ts'
import { WorkbenchError } from '../../src/shared/domain/errors.ts'
import type { Channel } from '../../src/shared/rpc/channel.ts'
import { serve, type Server } from '../../src/shared/rpc/server.ts'

/** A small contract that uses everything that a contract can have. */
export const trialContract = {
  calls: {
    values: {
      echo: { input: z.object({ value: z.json() }), output: z.object({ value: z.json() }) },
      arrays: {
        input: z.object({ bytes: bytesSchema, integers: int32Schema, floats: float32Schema }),
        output: z.object({ bytes: bytesSchema, integers: int32Schema, floats: float32Schema }),
      },
    },
    work: {
      count: { input: z.object({ to: z.int() }), output: z.int(), progress: z.int() },
      untilCancelled: { input: z.object({}), output: z.never(), progress: z.literal('started') },
      refuse: { input: z.object({}), output: z.never() },
      crash: { input: z.object({}), output: z.never() },
      wrongOutput: { input: z.object({}), output: z.int() },
      announce: { input: z.object({ text: z.string() }), output: z.object({}) },
      hangUp: { input: z.object({}), output: z.never() },
    },
  },
  events: { announced: z.string() },
} as const satisfies Contract
export type TrialContract = typeof trialContract

/** Serves the trial contract on a channel. */
export function serveTrial(channel: Channel, onFault: (fault: unknown) => void = () => {}): Server<TrialContract> {
  const handlers: Handlers<TrialContract> = {
    values: {
      echo: (input) => input,
      arrays: ({ bytes, integers, floats }) => ({
        bytes: bytes.map((x) => 255 - x),
        integers: integers.map((x) => -x),
        floats: floats.map((x) => x / 2),
      }),
    },
    work: {
      count: ({ to }, { progress }) => {
        for (let i = 1; i <= to; i++) progress(i)
        return to
      },
      untilCancelled: (_input, { signal, progress }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
          progress('started')
        }),
      refuse: () => {
        throw new WorkbenchError('conflict', 'enh_12, line 48: E is not a DNA letter.', {
          file: 'enhancers.fa',
          line: 48,
          hint: 'Skip enh_12.',
        })
      },
      crash: () => {
        throw new Error('secret detail')
      },
      wrongOutput: () => 'not a number' as unknown as number,
      announce: ({ text }) => {
        server.emit('announced', text)
        return {}
      },
      hangUp: () => {
        channel.close()
        return new Promise<never>(() => {})
      },
    },
  }
  const server = serve(trialContract, handlers, channel, { onFault })
  return server
}
