import type { IncomingHttpHeaders } from 'node:http'
import type { Sessions } from './sessions.ts'

export interface Admission {
  /** Whether the request was meant for this server. */
  host(headers: IncomingHttpHeaders): boolean
  /** Whether one of this server's own pages made the request. */
  origin(headers: IncomingHttpHeaders): boolean
  /** Whether it comes with the cookie of a session. */
  session(headers: IncomingHttpHeaders): boolean
  /** The Set-Cookie header that gives a page its session. */
  cookie(id: string): string
}

/**
 * Decides who is let in. The Host check turns away a page whose own name was made to point at 127.0.0.1 (DNS rebinding):
 * to the browser it is same-origin, but it still says its own name. The Origin check is needed beside SameSite because a
 * site has no port: a page of any other server on this machine counts as the same site, and its requests bring our cookie.
 * For the same reason the cookie's name has the port in it, lest two workbenches overwrite each other's.
 */
export function admissionOf(hosts: ReadonlySet<string>, port: number, sessions: Sessions): Admission {
  const name = `enhancer-workbench-${port}`
  return {
    host: ({ host }) => host !== undefined && hosts.has(host),
    origin: ({ host, origin }) => host !== undefined && hosts.has(host) && origin === `http://${host}`,
    session: ({ cookie }) => sessions.has(cookieValue(cookie, name)),
    cookie: (id) => `${name}=${id}; HttpOnly; SameSite=Strict; Path=/`,
  }
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}
