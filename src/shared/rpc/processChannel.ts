import type { Channel } from './channel.ts'
import { Inbox } from './inbox.ts'

/**
 * One side of a pair of processes, as the faces have it: `child_process` (parent's ChildProcess and child's `process`,
 * forked with `serialization: 'advanced'`) and Electron's utility process (parent's UtilityProcess, child's `parentPort`).
 */
export interface ProcessEnd {
  /** Sends bytes to the other process; does nothing once it is gone. */
  send(message: Uint8Array): void
  onMessage(listener: (message: unknown) => void): void
  /** Told when the other process is gone or will not listen any more. */
  onEnd(listener: () => void): void
  /** Lets go of the other process. */
  end(): void
}

/** A channel between two processes: core and engine. */
export function processChannel(other: ProcessEnd): Channel {
  const inbox = new Inbox()
  other.onMessage((message) => {
    if (message instanceof Uint8Array) inbox.deliver(message)
  })
  other.onEnd(() => inbox.end())
  return {
    send: (message) => {
      if (!inbox.ended) other.send(message)
    },
    receive: (receiver) => inbox.receive(receiver),
    closed: (listener) => inbox.onEnd(listener),
    close: () => {
      other.end()
      inbox.end()
    },
  }
}

/** What Node's ChildProcess and a forked child's `process` have in common. */
interface IpcProcess {
  readonly connected?: boolean
  send?(message: Uint8Array, callback: (error: Error | null) => void): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
  disconnect?(): void
}

/** The end of a pair made by `child_process.fork`: the parent passes its ChildProcess, the child its `process`. */
export function forkedEnd(child: IpcProcess): ProcessEnd {
  return {
    // An error here means that the other process has gone, which `disconnect` tells as well.
    send: (message) => {
      if (child.connected) child.send?.(message, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.on('disconnect', listener),
    end: () => {
      if (child.connected) child.disconnect?.()
    },
  }
}

/** What Electron's `process.parentPort` has, in a utility process. */
interface ParentPort {
  postMessage(message: Uint8Array): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

/** A utility process's end; the parent ends it by killing the process, so no end is heard here. */
export function parentPortEnd(port: ParentPort): ProcessEnd {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
    onEnd: () => {},
    end: () => {},
  }
}
