import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReadableStream } from 'node:stream/web'

/** Node's request as the web's, with its body streamed; its signal aborts when the browser goes away. */
export function webRequest(incoming: IncomingMessage, response: ServerResponse): Request {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers: Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    ),
    signal: gone.signal,
    // A body that its reader gives up must not take the connection with it: the answer that says why has yet to be sent.
    ...(hasBody && { body: ReadableStream.from(incoming.iterator({ destroyOnReturn: false })), duplex: 'half' as const }),
  })
}

/** Sends an answer, and swallows what is left of the request: a browser reads no answer before it has sent its whole body. */
export async function sendResponse(answer: Response, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  if (answer.body) await pipeline(Readable.fromWeb(answer.body), response)
  else response.end()
  if (!incoming.readableEnded) incoming.resume()
}
