import { z } from 'zod'
import { securityHeaders } from '../page/securityHeaders.ts'
import type { Admission } from './admission.ts'
import type { Sessions } from './sessions.ts'

const LONGEST_BODY = 4096
const bodySchema = z.object({ token: z.string() })

/** Answers `POST /session`: the token as JSON for a session's cookie. */
export async function receiveToken(request: Request, sessions: Sessions, admission: Admission): Promise<Response> {
  const exchange = sessions.exchange(await tokenOf(request))
  if (exchange.kind === 'session') return empty(204, { 'Set-Cookie': admission.cookie(exchange.id) })
  if (exchange.kind === 'wait') return empty(429, { 'Retry-After': String(exchange.seconds) })
  return empty(403)
}

async function tokenOf(request: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength
    if (length > LONGEST_BODY) return undefined
    chunks.push(chunk)
  }
  try {
    return bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).token
  } catch {
    return undefined
  }
}

function empty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...securityHeaders, 'Cache-Control': 'no-store', ...headers } })
}
