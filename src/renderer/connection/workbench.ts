import { inject, readonly, ref, type InjectionKey, type Ref } from 'vue'
import type { EventName, EventValue } from '../../shared/contract/contract.ts'
import { workbenchContract, type WorkbenchClient, type WorkbenchContract } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { connect, type Connection } from '../../shared/rpc/client.ts'
import { reconnectDelay } from './reconnectDelay.ts'

/** `locked`: the workbench is there, and this browser has not opened the address that it printed. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'locked'
type Events = EventName<WorkbenchContract>
type Listener<N extends Events> = (value: EventValue<WorkbenchContract, N>) => void

/** The workbench as the page sees it: one typed client that outlives any single connection. */
export interface Workbench {
  /** The calls of the contract. While the connection is lost they reject with `unavailable`. */
  readonly calls: WorkbenchClient
  readonly state: Readonly<Ref<ConnectionState>>
  on<N extends Events>(name: N, listener: Listener<N>): () => void
  /** Called at once if connected, and after every reconnection: the place to load what a page shows. */
  whenOpen(listener: () => void): () => void
  start(): void
  /** Tries again now instead of waiting for the next attempt; does nothing while connected. */
  retry(): void
}

export const workbenchKey: InjectionKey<Workbench> = Symbol('workbench')

/** The page's workbench, with its typed client. To be used in a component's or a store's setup. */
export function useWorkbench(): Workbench {
  const workbench = inject(workbenchKey)
  if (!workbench) throw new Error('the workbench is not provided')
  return workbench
}

/** Makes the client and keeps it connected through `open`, again and again with growing pauses. */
export function createWorkbench(open: () => Promise<Channel>): Workbench {
  const state = ref<ConnectionState>('connecting')
  const listeners = new Map<Events, Set<Listener<never>>>()
  const openListeners = new Set<() => void>()
  let connection: Connection<WorkbenchContract> | null = null
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0

  const tryToConnect = async () => {
    clearTimeout(timer)
    const mine = ++attempt
    try {
      const channel = await open()
      if (mine !== attempt) return channel.close()
      const opened = connect(workbenchContract, channel)
      channel.closed(() => {
        if (connection === opened) lose()
      })
      for (const name of Object.keys(workbenchContract.events) as Events[]) {
        opened.on(name, (value) => {
          for (const listener of listeners.get(name) ?? []) listener(value as never)
        })
      }
      connection = opened
      failures = 0
      state.value = 'open'
      for (const listener of openListeners) listener()
    } catch (fault) {
      if (mine !== attempt) return
      if (fault instanceof WorkbenchError && fault.code === 'not-found') state.value = 'locked'
      else lose()
    }
  }

  const lose = () => {
    connection = null
    state.value = 'lost'
    timer = setTimeout(() => void tryToConnect(), reconnectDelay(failures++))
  }

  return {
    calls: forwardCalls(() => connection),
    state: readonly(state),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    whenOpen: (listener) => {
      openListeners.add(listener)
      if (state.value === 'open') listener()
      return () => openListeners.delete(listener)
    },
    start: () => void tryToConnect(),
    retry: () => {
      // A second connection would tell every event twice.
      if (state.value !== 'open') void tryToConnect()
    },
  }
}

type AnyCall = (input: never, options?: never) => Promise<unknown>

/** The contract's calls, each sent over whatever connection there is at that moment. */
function forwardCalls(current: () => Connection<WorkbenchContract> | null): WorkbenchClient {
  const forwarded: Record<string, Record<string, AnyCall>> = {}
  for (const [group, calls] of Object.entries(workbenchContract.calls)) {
    forwarded[group] = {}
    for (const name of Object.keys(calls)) {
      forwarded[group][name] = (...parameters) => {
        const connection = current()
        if (!connection) return Promise.reject(notConnected())
        return (connection.calls as unknown as typeof forwarded)[group]![name]!(...parameters)
      }
    }
  }
  return forwarded as unknown as WorkbenchClient
}

function notConnected(): WorkbenchError {
  return new WorkbenchError('unavailable', 'The connection to the workbench was lost.', {
    hint: 'It is being opened again; then try once more.',
  })
}
