import type { Channel } from './channel.ts'
import { Inbox } from './inbox.ts'

/** What a browser's WebSocket and one of the `ws` package have in common. */
export interface Socket {
  binaryType: string
  readonly readyState: number
  send(message: Uint8Array): void
  close(): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
}

const CONNECTING = 0
const OPEN = 1

/** A channel over a WebSocket with binary frames: between a browser's page and core. Messages wait until the socket is open. */
export function webSocketChannel(socket: Socket): Channel {
  const inbox = new Inbox()
  const unsent: Uint8Array[] = []
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    for (const message of unsent.splice(0)) socket.send(message)
  })
  socket.addEventListener('message', ({ data }) => {
    if (data instanceof ArrayBuffer) inbox.deliver(new Uint8Array(data))
  })
  socket.addEventListener('close', () => inbox.end())
  socket.addEventListener('error', () => socket.close())
  return {
    send: (message) => {
      if (socket.readyState === CONNECTING) unsent.push(message)
      else if (socket.readyState === OPEN) socket.send(message)
    },
    receive: (receiver) => inbox.receive(receiver),
    closed: (listener) => inbox.onEnd(listener),
    close: () => {
      socket.close()
      inbox.end()
    },
  }
}
