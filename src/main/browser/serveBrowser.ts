import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { answerPage, type PageService } from '../page/answerPage.ts'
import { securityHeaders } from '../page/securityHeaders.ts'
import { LOOPBACK, ownHosts, pageAddress } from './address.ts'
import { admissionOf, type Admission } from './admission.ts'
import { sendResponse, webRequest } from './nodeHttp.ts'
import { boundedSocketChannel } from './boundedSocketChannel.ts'
import { openSessions, type Sessions } from './sessions.ts'
import { receiveToken } from './receiveToken.ts'

/** The largest message that a page may send: a pasted FASTA is the largest there is. Files come as uploads. */
const LARGEST_MESSAGE = 64 * 2 ** 20
/** A connection without a byte for this long is closed; WebSockets are not. */
const IDLE_MILLISECONDS = 120_000

export interface BrowserServiceOptions extends PageService {
  /** 0 to have a free one found. */
  readonly port: number
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
  /** Gives a page, admitted and connected, its core. */
  readonly attach: (channel: Channel) => void
}

export interface BrowserService {
  /** What the user opens. It holds the token: whoever has it is let in. */
  readonly address: string
  readonly port: number
  /** Ends every connection and takes no more. */
  close(): Promise<void>
}

/**
 * Serves the workbench to browsers on this machine.
 *
 * @throws WorkbenchError `conflict` where the port is taken, `unavailable` where it cannot be bound
 */
export async function serveBrowser(options: BrowserServiceOptions): Promise<BrowserService> {
  // Requests are answered however long they take, since a large upload may: only idle connections are ended.
  const server = createServer({ requestTimeout: 0 })
  server.timeout = IDLE_MILLISECONDS
  const port = await listen(server, options.port)
  server.on('error', (fault) => options.onFault(fault, 'serving the page'))
  const sessions = openSessions(options.now)
  const admission = admissionOf(ownHosts(port), port, sessions)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false })
  const door = { admission, sessions, service: options }
  server.on('request', (incoming, response) => {
    answer(incoming, response, door)
      .then((reply) => sendResponse(reply, incoming, response))
      .catch((fault: unknown) => {
        // A browser that has gone needs no answer.
        if (!response.destroyed) options.onFault(fault, `${incoming.method} ${incoming.url}`)
        response.destroy()
      })
  })
  server.on('upgrade', (incoming, socket, head) => {
    const refusal = refuseUpgrade(incoming, admission)
    if (refusal) refuse(socket, refusal)
    else sockets.handleUpgrade(incoming, socket, head, (connected: WebSocket) => options.attach(boundedSocketChannel(connected)))
  })
  return {
    address: pageAddress(port, sessions.token),
    port,
    close: () => close(server, sockets),
  }
}

/** Who is let in, and what they find. */
interface Door {
  readonly admission: Admission
  readonly sessions: Sessions
  readonly service: PageService
}

async function answer(incoming: IncomingMessage, response: ServerResponse, { admission, sessions, service }: Door): Promise<Response> {
  const { headers, url } = incoming
  if (!admission.host(headers)) return plain(403, 'This address does not belong to the workbench.')
  if (!url?.startsWith('/')) return plain(400, 'There is nothing here.')
  if (!['GET', 'HEAD', 'POST'].includes(incoming.method ?? '')) return plain(405, 'The workbench is asked by GET and POST alone.')
  const request = webRequest(incoming, response)
  if (request.method === 'GET' || request.method === 'HEAD') return answerPage(request, service)
  if (!admission.origin(headers)) return plain(403, 'Only the page of the workbench may ask for this.')
  if (request.method === 'POST' && url === '/session') return receiveToken(request, sessions, admission)
  if (!admission.session(headers)) return plain(403, 'Open the workbench at the address that it printed.')
  return answerPage(request, service)
}

/** The status and reason to turn a WebSocket away with, or null to let it in. */
function refuseUpgrade({ url, headers }: IncomingMessage, admission: Admission): string | null {
  if (url !== '/channel') return '404 Not Found'
  return admission.host(headers) && admission.origin(headers) && admission.session(headers) ? null : '403 Forbidden'
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, LOOPBACK, resolve)
  try {
    await promise
  } catch (fault) {
    throw portRefused(port, fault)
  }
  return (server.address() as AddressInfo).port
}

function portRefused(port: number, cause: unknown): WorkbenchError {
  const hint = 'Choose another with --port, or leave --port out and a free one is found.'
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new WorkbenchError('conflict', `Port ${port} is taken by another program.`, { hint }, { cause })
  const why = code === 'EACCES' ? 'the system keeps it for its own services' : messageOf(cause)
  return new WorkbenchError('unavailable', `Port ${port} cannot be used: ${why}.`, { hint }, { cause })
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  for (const socket of sockets.clients) socket.close(1001)
  // A page that does not say goodbye in turn is not waited for.
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  await promise
}
