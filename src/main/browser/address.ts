/** The loopback address that the server binds: no other machine can reach it. */
export const LOOPBACK = '127.0.0.1'

/** Hosts, as a browser writes them in the Host header, that mean this server and nobody else. */
export function ownHosts(port: number): ReadonlySet<string> {
  return new Set([`${LOOPBACK}:${port}`, `localhost:${port}`])
}

/** The address to open. The token is in the fragment, which a browser never sends and no log on the way can hold. */
export function pageAddress(port: number, token: string): string {
  return `http://${LOOPBACK}:${port}/#token=${token}`
}
