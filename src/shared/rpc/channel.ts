/** Anything that carries messages of bytes, in order, both ways. Messages sent after the end are dropped. */
export interface Channel {
  send(message: Uint8Array): void
  /** Sets the one receiver; messages that came earlier are delivered to it first. */
  receive(receiver: (message: Uint8Array) => void): void
  /** Called once, when no message can come or go any more; soon, if that is so already. */
  closed(listener: () => void): void
  close(): void
}
