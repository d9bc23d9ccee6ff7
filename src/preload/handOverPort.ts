import { CONNECT_PAGE, PAGE_PORT } from '../shared/rpc/pagePort.ts'

/** The part of the page's window that is used here. */
export interface PageWindow<Port> {
  readonly location: { readonly origin: string }
  addEventListener(
    type: 'message',
    listener: (event: { readonly source: unknown; readonly origin: string; readonly data: unknown }) => void,
  ): void
  postMessage(message: unknown, targetOrigin: string, transfer: Port[]): void
}

/** The part of Electron's ipcRenderer that is used here. */
export interface CoreIpc<Port> {
  send(channel: string): void
  on(channel: string, listener: (event: { readonly ports: Port[] }) => void): unknown
}

/** Asks the core for a port whenever the page asks for one, after a reload too, and hands it on. Nothing else is exposed. */
export function handOverPort<Port>(page: PageWindow<Port>, core: CoreIpc<Port>): void {
  page.addEventListener('message', ({ source, origin, data }) => {
    if (source === page && origin === page.location.origin && typeOf(data) === CONNECT_PAGE) core.send(CONNECT_PAGE)
  })
  core.on(PAGE_PORT, ({ ports }) => page.postMessage({ type: PAGE_PORT }, page.location.origin, ports))
}

function typeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined
}
