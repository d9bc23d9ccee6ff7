import type { Contract, EventName, EventValue, Handlers } from '../../shared/contract/contract.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { serve } from '../../shared/rpc/server.ts'

/** The part of the core that a page meets. */
export interface Core<C extends Contract> {
  readonly handlers: Handlers<C>
  /** Hears every event; returns how to stop. */
  readonly onEvent: (listener: <N extends EventName<C>>(name: N, value: EventValue<C, N>) => void) => () => void
}

/** Answers one page's calls and tells it every event, for as long as its channel lives. */
export function attachPage<C extends Contract>(
  contract: C,
  core: Core<C>,
  channel: Channel,
  onFault: (fault: unknown, call: string) => void,
): void {
  const server = serve(contract, core.handlers, channel, { onFault })
  const stop = core.onEvent((name, value) => server.emit(name, value))
  channel.closed(stop)
}
