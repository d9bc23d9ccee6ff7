import type { MessagePort } from 'node:worker_threads'
import { handOverPort, type PageWindow } from '../../../../src/preload/handOverPort.ts'
import { CONNECT_PAGE, PAGE_PORT } from '../../../../src/shared/rpc/pagePort.ts'
import { connect, type Connection } from '../../../../src/shared/rpc/client.ts'
import { messagePortChannel } from '../../../../src/shared/rpc/messagePortChannel.ts'
import type { Contract } from '../../../../src/shared/contract/contract.ts'
import * as electron from './electronStandIn.ts'

interface PageEvent {
  readonly source: unknown
  readonly origin: string
  readonly data: unknown
  readonly ports: MessagePort[]
}

/** A page's window with the real preload beside it, in a frame of the stand-in: what either posts, both hear. */
export class TestPage implements PageWindow<MessagePort> {
  readonly location = { origin: 'workbench://app' }
  readonly sender: object
  readonly frame: { url: string; parent: object | null; postMessage: (channel: string, message: unknown, ports: MessagePort[]) => void }
  readonly #listeners: ((event: PageEvent) => void)[] = []

  constructor(sender: object = {}, url = 'workbench://app/', parent: object | null = null) {
    this.sender = sender
    const fromCore: ((event: { ports: MessagePort[] }) => void)[] = []
    this.frame = {
      url,
      parent,
      postMessage: (channel, _message, ports) => channel === PAGE_PORT && fromCore.forEach((listener) => listener({ ports })),
    }
    handOverPort<MessagePort>(this, {
      send: (channel) => void electron.ipcMain.emit(channel, { sender: this.sender, senderFrame: this.frame }),
      on: (_channel, listener) => fromCore.push(listener),
    })
  }

  addEventListener(_type: 'message', listener: (event: PageEvent) => void): void {
    this.#listeners.push(listener)
  }

  postMessage(data: unknown, targetOrigin: string, ports: MessagePort[] = []): void {
    if (targetOrigin === this.location.origin) this.hear({ source: this, origin: this.location.origin, data, ports })
  }

  hear(event: PageEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  /** What the page does when it starts: asks, and talks over what it gets. */
  connect<C extends Contract>(contract: C): Promise<Connection<C>> {
    return new Promise((resolve) => {
      this.addEventListener('message', ({ source, data, ports: [port] }) => {
        if (source === this && (data as { type?: unknown }).type === PAGE_PORT && port)
          resolve(connect(contract, messagePortChannel(port as never)))
      })
      this.postMessage({ type: CONNECT_PAGE }, this.location.origin)
    })
  }
}
