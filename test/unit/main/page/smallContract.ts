import { EventEmitter } from 'node:events'
import { z } from 'zod'
import type { Contract } from '../../../../src/shared/contract/contract.ts'
import type { Core } from '../../../../src/main/page/attachPage.ts'

/** A small contract with every way of talking: a call with progress, one that carries bytes, an event. */
export const smallContract = {
  calls: {
    numbers: {
      double: { input: z.object({ values: z.custom<Float32Array>() }), output: z.object({ values: z.custom<Float32Array>() }) },
      count: { input: z.object({ to: z.int() }), output: z.object({ counted: z.int() }), progress: z.int() },
    },
  },
  events: { told: z.object({ text: z.string() }) },
} as const satisfies Contract
export type SmallContract = typeof smallContract

/** The core of the small contract, and how to tell its pages something. */
export function smallCore(): Core<SmallContract> & { tell(text: string): void; listeners(): number } {
  const events = new EventEmitter()
  return {
    handlers: {
      numbers: {
        double: ({ values }) => ({ values: values.map((value) => 2 * value) }),
        count: ({ to }, { progress }) => {
          for (let at = 1; at <= to; at++) progress(at)
          return { counted: to }
        },
      },
    },
    onEvent: (listener) => {
      const hear = (text: string) => listener('told', { text })
      events.on('told', hear)
      return () => events.off('told', hear)
    },
    tell: (text) => events.emit('told', text),
    listeners: () => events.listenerCount('told'),
  }
}
