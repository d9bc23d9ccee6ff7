import type { CallOptions, CallSpec, Client, Contract, EventName, EventValue } from '../contract/contract.ts'
import { messageOf, WorkbenchError } from '../domain/errors.ts'
import type { Channel } from './channel.ts'
import { decode, encode } from './codec.ts'
import { responseSchema, type Request } from './messages.ts'

/** The calling end of a channel. */
export interface Connection<C extends Contract> {
  readonly calls: Client<C>
  /** Listens to an event; returns how to stop listening. */
  on<N extends EventName<C>>(name: N, listener: (value: EventValue<C, N>) => void): () => void
  close(): void
}

interface Pending {
  readonly spec: CallSpec
  readonly onProgress: ((value: never) => void) | undefined
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Makes the calls of a contract over a channel. A call rejects with a {@link WorkbenchError}: the handler's own, `cancelled`
 * after its signal, or `unavailable` once the channel has closed.
 */
export function connect<C extends Contract>(contract: C, channel: Channel): Connection<C> {
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Set<(value: never) => void>>()
  let nextId = 1
  let open = true

  channel.closed(() => {
    open = false
    for (const call of pending.values()) call.reject(closedError())
    pending.clear()
  })

  channel.receive((message) => {
    const response = responseSchema.parse(decode(message))
    if (response.type === 'event') {
      const value = contract.events[response.name]?.parse(response.value)
      for (const listener of listeners.get(response.name) ?? []) listener(value as never)
      return
    }
    const call = pending.get(response.id)
    if (!call) return
    if (response.type === 'progress') {
      call.onProgress?.(call.spec.progress?.parse(response.value) as never)
      return
    }
    pending.delete(response.id)
    if (response.type === 'error') {
      const { code, message: text, details } = response.error
      call.reject(new WorkbenchError(code, text, details))
      return
    }
    const output = call.spec.output.safeParse(response.value)
    if (output.success) call.resolve(output.data)
    else
      call.reject(
        new WorkbenchError('internal', 'The workbench gave an answer that this page does not understand.', {}, { cause: output.error }),
      )
  })

  const invoke = (name: string, spec: CallSpec, input: unknown, { signal, onProgress }: CallOptions<never> = {}) =>
    new Promise<unknown>((resolve, reject) => {
      if (!open) return reject(closedError())
      if (signal?.aborted) return reject(new WorkbenchError('cancelled', 'Stopped.'))
      const id = nextId++
      const send = (request: Request) => channel.send(encode(request))
      const cancel = () => send({ type: 'cancel', id })
      const settle = (then: (value: unknown) => void) => (value: unknown) => {
        signal?.removeEventListener('abort', cancel)
        then(value)
      }
      pending.set(id, { spec, onProgress, resolve: settle(resolve), reject: settle(reject) })
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        send({ type: 'call', id, name, input })
      } catch (fault) {
        pending.delete(id)
        reject(fault instanceof Error ? fault : new Error(messageOf(fault)))
      }
    })

  const calls = mapValues(contract.calls, (group, groupName) =>
    mapValues(
      group,
      (spec, callName) => (input: unknown, options?: CallOptions<never>) => invoke(`${groupName}.${callName}`, spec, input, options),
    ),
  )

  return {
    calls: calls as unknown as Client<C>,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    close: () => channel.close(),
  }
}

function closedError(): WorkbenchError {
  return new WorkbenchError('unavailable', 'The connection to the workbench was lost.')
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}
