import type { Channel } from './channel.ts'
import { Inbox } from './inbox.ts'

/** Two ends of a channel within one process. Messages are copied and arrive in a later turn, as on a real transport. */
export function memoryChannel(): readonly [Channel, Channel] {
  const left = new Inbox()
  const right = new Inbox()
  return [end(left, right), end(right, left)]
}

function end(own: Inbox, other: Inbox): Channel {
  return {
    send: (message) => {
      if (own.ended) return
      const copy = message.slice()
      queueMicrotask(() => other.deliver(copy))
    },
    receive: (receiver) => own.receive(receiver),
    closed: (listener) => own.onEnd(listener),
    close: () => {
      own.end()
      queueMicrotask(() => other.end())
    },
  }
}
