import type { Channel } from './channel.ts'
import { Inbox } from './inbox.ts'

/** What a page's MessagePort and one of Node's worker_threads have in common. */
export interface WebPort {
  postMessage(message: Uint8Array): void
  addEventListener(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void
  start?(): void
  close(): void
}

/** What Electron's MessagePortMain has: an emitter of events that carry `data`. */
export interface EmitterPort {
  postMessage(message: Uint8Array): void
  on(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): unknown
  start(): void
  close(): void
}

/**
 * A channel over a MessagePort: between Electron's page and core. Not every port tells that its other end is gone, so an
 * end says goodbye with an empty message.
 */
export function messagePortChannel(port: WebPort | EmitterPort): Channel {
  const inbox = new Inbox()
  const end = () => {
    if (inbox.ended) return
    inbox.end()
    port.close()
  }
  const onMessage = ({ data }: { data?: unknown }) => {
    if (!(data instanceof Uint8Array)) return
    if (data.byteLength === 0) end()
    else inbox.deliver(data)
  }
  if ('addEventListener' in port) {
    port.addEventListener('message', onMessage)
    port.addEventListener('close', end)
  } else {
    port.on('message', onMessage)
    port.on('close', end)
  }
  port.start?.()
  return {
    send: (message) => {
      if (!inbox.ended) port.postMessage(message)
    },
    receive: (receiver) => inbox.receive(receiver),
    closed: (listener) => inbox.onEnd(listener),
    close: () => {
      if (!inbox.ended) port.postMessage(new Uint8Array(0))
      end()
    },
  }
}
